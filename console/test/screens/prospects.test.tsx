import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { fakeServer, page, problem } from '../fake-server';
import { socket } from '../fake-socket';
import { expectAccessible, openAt } from '../screen';

const ZOE = {
  id: '0198f3c2-0000-7000-8000-0000000000a1',
  firstname: 'Zoé',
  lastname: 'Martin',
  email: 'zoe@example.test',
  phone: '+33 6 12 34 56 78',
  status: 'new',
  source: 'calendly',
  notes: 'Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min',
  created_at: '2026-01-12T09:15:30.000Z',
  updated_at: '2026-01-12T09:15:30.000Z',
};
const ANNE = { ...ZOE, id: '0198f3c2-0000-7000-8000-0000000000a2', firstname: 'Anne', email: 'anne@example.test' };
const DETAIL = {
  ...ZOE,
  bookings: [
    {
      id: '0198f3c2-0000-7000-8000-0000000000b1',
      provider: 'calendly',
      event_name: 'Découverte 30min',
      starts_at: '2026-01-16T15:30:00.000Z',
      ends_at: '2026-01-16T16:00:00.000Z',
      status: 'canceled',
      location: null,
      join_url: null,
    },
  ],
  note_entries: [
    {
      source: 'calendly',
      source_id: '0198f3c2-0000-7000-8000-0000000000b1',
      happens_at: '2026-01-16T15:30:00.000Z',
      text: 'Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min',
    },
  ],
};

describe('the prospects', () => {
  it('are a table, whose filters are in the address', async () => {
    const { asked } = fakeServer({ 'GET /api/prospects': [ZOE] });
    const { address } = await openAt('/prospects');
    const table = await screen.findByRole('table', { name: 'Prospects, du plus récent au plus ancien' });
    expect(within(table).getByRole('link', { name: 'Zoé Martin' })).toBeInstanceOf(HTMLElement);
    await expectAccessible();

    await userEvent.type(screen.getByRole('searchbox'), 'zo');
    await waitFor(() => expect(address()).toContain('search=zo'));
    await userEvent.selectOptions(screen.getByLabelText('Source'), 'calendly');
    await waitFor(() => expect(address()).toContain('source=calendly'));
    const last = asked.findLast(({ path }) => path === '/api/prospects');
    expect(last?.query.get('search')).toBe('zo');
    expect(last?.query.get('source')).toBe('calendly');
  });

  it('say what will make somebody appear while there is nobody', async () => {
    fakeServer({ 'GET /api/prospects': [] });
    await openAt('/prospects');
    expect(await screen.findByText('Personne encore')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Connecter un agenda' }).getAttribute('href')).toMatch(/\/connections$/);
    await expectAccessible();
  });

  it('offer to clear the filters when nothing matches', async () => {
    fakeServer({ 'GET /api/prospects': ({ query }) => (query.get('status') ? [] : [ZOE]) });
    const { address } = await openAt('/prospects?status=lost');
    await screen.findByText('Rien ne correspond à ces filtres');
    await userEvent.click(screen.getAllByRole('button', { name: 'Effacer les filtres' })[0]!);
    await screen.findByRole('link', { name: 'Zoé Martin' });
    expect(address()).not.toContain('status');
  });

  it('tell the cause, the action and the request when they could not be loaded, and try again', async () => {
    let isBroken = true;
    fakeServer({
      'GET /api/prospects': () => (isBroken ? problem(500, 'server/unexpected', 'Une erreur inattendue') : [ZOE]),
    });
    await openAt('/prospects');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Une erreur inattendue');
    expect(alert.textContent).toContain('req-1');
    await expectAccessible();
    isBroken = false;
    await userEvent.click(within(alert).getByRole('button', { name: 'Réessayer' }));
    await screen.findByRole('link', { name: 'Zoé Martin' });
  });

  it('go on with the next page', async () => {
    fakeServer({
      'GET /api/prospects': ({ query }) =>
        query.get('cursor') === 'c2' ? page([ANNE]) : page([ZOE], '/api/prospects?limit=50&cursor=c2'),
    });
    await openAt('/prospects');
    await userEvent.click(await screen.findByRole('button', { name: 'Afficher la suite' }));
    await screen.findByRole('link', { name: 'Anne Martin' });
    expect(screen.getByText('2 lignes affichées')).toBeTruthy();
  });

  it('show somebody in detail beside the list, and give the focus back', async () => {
    fakeServer({ 'GET /api/prospects': [ZOE], 'GET /api/prospects/:id': DETAIL });
    const { address } = await openAt('/prospects');
    await userEvent.click(await screen.findByRole('link', { name: 'Zoé Martin' }));
    const drawer = await screen.findByRole('dialog', { name: 'Zoé Martin' });
    await within(drawer).findByText('Annulé');
    expect(address()).toContain(`open=${ZOE.id}`);
    await expectAccessible();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(address()).not.toContain('open');
  });

  it('show a person who has just booked, highlighted, without a reload', async () => {
    const rows = [ZOE];
    fakeServer({ 'GET /api/prospects': () => rows });
    await openAt('/prospects');
    await screen.findByRole('link', { name: 'Zoé Martin' });
    rows.unshift(ANNE);
    act(() => socket.say('prospect:created', ANNE));
    const link = await screen.findByRole('link', { name: 'Anne Martin' });
    expect(link.closest('tr')?.dataset['fresh']).toBe('true');
    expect(screen.getByRole('log').textContent).toMatch(/^Nouveau prospect\s: Anne Martin$/);
  });

  it('tie what the server refuses to its field', async () => {
    fakeServer({
      'GET /api/prospects': [ZOE],
      'POST /api/prospects': problem(400, 'request/invalid', 'La requête est invalide', {
        errors: [{ pointer: '/email', message: 'Une seule adresse e-mail' }],
      }),
    });
    await openAt('/prospects');
    await userEvent.click(await screen.findByRole('button', { name: 'Nouveau prospect' }));
    await userEvent.type(screen.getByLabelText(/^E-mail/), 'pas une adresse');
    await userEvent.click(screen.getByRole('button', { name: 'Enregistrer' }));
    const dialog = screen.getByRole('dialog');
    expect((await within(dialog).findByRole('alert')).textContent).toContain('Un champ est à corriger');
    const field = screen.getByLabelText(/^E-mail/);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(field.getAttribute('aria-describedby')!)?.textContent).toBe(
      'Une seule adresse e-mail',
    );
    await expectAccessible();
  });
});
