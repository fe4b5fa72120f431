import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { CALENDLY_ID, connection } from '../connection';
import { fakeServer, ME, META, problem } from '../fake-server';
import { expectAccessible, openAt } from '../screen';

const SANDBOX_URL = 'http://127.0.0.1:4010';
const SYNC = `/api/integrations/${CALENDLY_ID}/sync`;

const SERVER = {
  'GET /api/meta': { ...META, is_sandbox: true, sandbox_url: SANDBOX_URL },
  'GET /api/sandbox/gestures': [
    { stand_in: 'calendly', gesture: 'book' },
    { stand_in: 'calendly', gesture: 'limit' },
    { stand_in: 'google', gesture: 'limit' },
    { stand_in: 'google', gesture: 'edit' },
  ],
  'GET /api/integrations': [connection()],
  'POST /api/sandbox/gestures': new Response(null, { status: 204 }),
};

const posted = ({ asked }: ReturnType<typeof fakeServer>) =>
  asked.filter(({ method }) => method === 'POST').map(({ path, body }) => [path, body]);

describe('the sandbox', () => {
  it('offers each gesture at the services that know it, once they are connected', async () => {
    fakeServer(SERVER);
    await openAt('/sandbox');
    expect(await screen.findByText('Pas encore connectés : Google Calendar')).toBeTruthy();
    const limit = screen.getByRole('heading', { name: 'Limiter les appels pendant 30 secondes' }).closest('li')!;
    const buttons = within(limit).getAllByRole<HTMLButtonElement>('button');
    expect(buttons.map(({ textContent, disabled }) => [textContent, disabled])).toEqual([
      ['Calendly', false],
      ['Google Calendar', true],
    ]);
    expect(within(limit).getByRole('link', { name: 'Synchronisations' }).getAttribute('href')).toBe('/sync-runs');
    await expectAccessible();
  });

  it('orders a gesture and leaves it to the service to tell', async () => {
    const server = fakeServer(SERVER);
    await openAt('/sandbox');
    await userEvent.click(await screen.findByRole('button', { name: /^Réserver un rendez-vous.: Calendly$/ }));
    expect(await screen.findByText('C’est fait chez Calendly : Réserver un rendez-vous')).toBeTruthy();
    expect(posted(server)).toEqual([['/api/sandbox/gestures', { stand_in: 'calendly', gesture: 'book' }]]);
  });

  it('has the account read again when only that shows what has happened', async () => {
    const server = fakeServer({ ...SERVER, [`POST ${SYNC}`]: problem(409, 'sync/paused', 'En pause') });
    await openAt('/sandbox');
    await userEvent.click(await screen.findByRole('button', { name: /^Limiter les appels .*: Calendly$/ }));
    expect(await screen.findByText('C’est fait chez Calendly : Limiter les appels pendant 30 secondes')).toBeTruthy();
    expect(posted(server).map(([path]) => path)).toEqual(['/api/sandbox/gestures', SYNC]);
  });

  it('says why nothing came of it', async () => {
    fakeServer({
      ...SERVER,
      'POST /api/sandbox/gestures': problem(409, 'sandbox/nothing-there', 'Il n’y a rien encore à quoi le faire'),
    });
    await openAt('/sandbox');
    await userEvent.click(await screen.findByRole('button', { name: /^Réserver un rendez-vous.: Calendly$/ }));
    expect(await screen.findByText('Il n’y a rien encore à quoi le faire')).toBeTruthy();
  });

  it('leaves whoever is no administrator to the pages of the stand-ins', async () => {
    const server = fakeServer({ ...SERVER, 'GET /api/auth/me': { ...ME, role: 'member' } });
    await openAt('/sandbox');
    const page = await screen.findByRole('link', { name: /^Ouvrir .*Réserver par Calendly$/ });
    expect(page.getAttribute('href')).toBe(`${SANDBOX_URL}/calendly/`);
    expect(screen.queryByRole('button', { name: /Réserver un rendez-vous/ })).toBeNull();
    expect(server.asked.map(({ path }) => path)).not.toContain('/api/sandbox/gestures');
    await expectAccessible();
  });

  it('says so where nothing is simulated', async () => {
    fakeServer({});
    await openAt('/sandbox');
    await screen.findByText('Pas de bac à sable ici');
    await expectAccessible();
  });
});
