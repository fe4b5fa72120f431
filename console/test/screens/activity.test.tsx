import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { everyProvider } from '../connection';
import { fakeServer, ME, problem } from '../fake-server';
import { socket } from '../fake-socket';
import { expectAccessible, openAt } from '../screen';

const BOOKED = {
  id: '0198f3c2-0000-7000-8000-0000000000c1',
  type: 'calendly_prospect_created',
  title: 'Nouveau prospect Calendly',
  message: 'Zoé Martin a réservé',
  meta: { provider: 'calendly', prospect_id: 'p1', booking_id: 'b1' } as Record<string, string>,
  created_at: '2026-01-12T09:15:30.000Z',
  read_at: null,
};
const CANCELED = {
  ...BOOKED,
  id: '0198f3c2-0000-7000-8000-0000000000c2',
  type: 'cal_com_booking_canceled',
  message: 'Anne Roy a annulé',
  meta: { provider: 'cal-com', prospect_id: 'p2', booking_id: 'b2' },
};
const LATER = { ...BOOKED, id: '0198f3c2-0000-7000-8000-0000000000c3', message: 'Hugo Blanc a réservé' };
const mailOf = (notificationId: string, state: string) => ({
  notification_id: notificationId,
  state,
  created_at: BOOKED.created_at,
});

const stepsIn = (row: HTMLElement) =>
  within(within(row).getByRole('list', { name: 'Ce qui s’en est suivi' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent);

async function rowOf(message: string): Promise<HTMLElement> {
  return (await screen.findByRole('link', { name: message })).closest('li')!;
}

describe('the activity', () => {
  it('shows each cause with its effects, down to what became of the mail', async () => {
    fakeServer({
      'GET /api/notifications': [BOOKED, CANCELED],
      'GET /api/mails': [mailOf(BOOKED.id, 'sent'), mailOf(CANCELED.id, 'bounced')],
    });
    await openAt('/activity');
    const feed = await screen.findByRole('log', { name: 'Fil d’activité' });
    const booked = await rowOf('Zoé Martin a réservé');
    await waitFor(() =>
      expect(stepsIn(booked)).toEqual([
        'Rendez-vous enregistré',
        'Prospect à jour',
        'Note écrite',
        'Équipe avertie',
        'E-mail envoyé ou conservé',
      ]),
    );
    expect(stepsIn(await rowOf('Anne Roy a annulé')).at(-1)).toBe('E-mail refusé');
    expect(within(feed).getByRole('link', { name: 'Zoé Martin a réservé' }).getAttribute('href')).toMatch(
      /prospects\?open=p1$/,
    );
    await expectAccessible();
  });

  it('does not ask for the mails on behalf of somebody who may not see them', async () => {
    const { asked } = fakeServer({
      'GET /api/auth/me': { ...ME, role: 'member' },
      'GET /api/notifications': [BOOKED],
    });
    await openAt('/activity');
    expect(stepsIn(await rowOf('Zoé Martin a réservé'))).toHaveLength(4);
    expect(asked.some(({ path }) => path === '/api/mails')).toBe(false);
  });

  it('shows what has just happened, highlighted, and stands still while it is paused', async () => {
    const rows = [BOOKED];
    fakeServer({ 'GET /api/notifications': () => rows, 'GET /api/mails': [] });
    await openAt('/activity');
    await rowOf('Zoé Martin a réservé');
    await userEvent.click(screen.getByRole('button', { name: 'Mettre en pause' }));
    rows.unshift(LATER);
    act(() => socket.say('notification', LATER));
    const pill = await screen.findByRole('button', { name: '1 nouveau' });
    expect(screen.queryByRole('link', { name: 'Hugo Blanc a réservé' })).toBeNull();
    await userEvent.click(pill);
    const row = await rowOf('Hugo Blanc a réservé');
    expect(row.dataset['fresh']).toBe('true');
    expect(screen.getByRole('button', { name: 'Mettre en pause' })).toBeTruthy();
  });

  it('is filtered by provider, in the address', async () => {
    fakeServer({
      'GET /api/notifications': [BOOKED, CANCELED],
      'GET /api/mails': [],
      'GET /api/integrations': everyProvider(),
    });
    const { address } = await openAt('/activity');
    await rowOf('Zoé Martin a réservé');
    await screen.findByRole('option', { name: 'Doodle' });
    await userEvent.selectOptions(screen.getByLabelText('Fournisseur'), 'cal-com');
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Zoé Martin a réservé' })).toBeNull());
    await rowOf('Anne Roy a annulé');
    expect(address()).toContain('provider=cal-com');
    await userEvent.selectOptions(screen.getByLabelText('Fournisseur'), 'outlook');
    await screen.findByText('Rien ne correspond à ces filtres');
  });

  it('says what will make something appear, or why it could not be loaded', async () => {
    let answer: object = [];
    fakeServer({ 'GET /api/notifications': () => answer, 'GET /api/mails': [] });
    const { router } = await openAt('/activity');
    await screen.findByText('Rien ne s’est encore passé');
    await expectAccessible();
    answer = problem(500, 'server/unexpected', 'Une erreur inattendue');
    act(() => socket.say('notification', BOOKED));
    expect((await screen.findByRole('alert')).textContent).toContain('req-1');
    expect(router.state.location.pathname).toMatch(/activity$/);
  });
});
