import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { fakeServer, problem } from '../fake-server';
import { expectAccessible, openAt } from '../screen';

const BOOKED = {
  id: '0198f3c2-0000-7000-8000-0000000000c1',
  type: 'calendly_prospect_created',
  title: 'Nouveau prospect Calendly',
  message: 'Zoé Martin a réservé un rendez-vous "Découverte 30min" le 16/01/2026 16:30:00',
  meta: { provider: 'calendly', prospect_id: 'p1', booking_id: 'b1' },
  created_at: '2026-01-12T09:15:30.000Z',
  read_at: null as string | null,
};
const BROKEN = {
  ...BOOKED,
  id: '0198f3c2-0000-7000-8000-0000000000c2',
  type: 'outlook_connection_broken',
  title: 'Outlook à reconnecter',
  message: 'Les événements n’arrivent plus.',
  meta: { provider: 'outlook' },
  read_at: '2026-01-12T09:20:00.000Z',
};

const ofQuery = ({ query }: { query: URLSearchParams }) => (query.get('unread') ? [BOOKED] : [BOOKED, BROKEN]);

describe('the notifications', () => {
  it('show what is unread first, and lead to the cause, which is read by that', async () => {
    const { asked } = fakeServer({
      'GET /api/notifications': ofQuery,
      'POST /api/notifications/:id/read': { ...BOOKED, read_at: '2026-01-12T10:00:00.000Z' },
      'GET /api/prospects': [],
    });
    const { address } = await openAt('/notifications');
    const unread = await screen.findByRole('region', { name: 'Non lues' });
    expect(within(unread).getAllByRole('listitem')).toHaveLength(1);
    const read = screen.getByRole('region', { name: 'Déjà lues' });
    expect(within(read).getByRole('link', { name: 'Outlook à reconnecter' }).getAttribute('href')).toMatch(
      /\/connections\/outlook$/,
    );
    await expectAccessible();

    await userEvent.click(within(unread).getByRole('link', { name: 'Nouveau prospect Calendly' }));
    await waitFor(() => expect(address()).toContain('/prospects?open=p1'));
    expect(asked.some(({ method, path }) => method === 'POST' && path.endsWith(`${BOOKED.id}/read`))).toBe(true);
  });

  it('are marked as read one by one, or all of a subject', async () => {
    const { asked } = fakeServer({
      'GET /api/notifications': ofQuery,
      'POST /api/notifications/:id/read': BOOKED,
      'POST /api/notifications/read-all': { updated: 3 },
    });
    const { address } = await openAt('/notifications');
    await userEvent.click(await screen.findByRole('button', { name: /^Marquer comme lue/ }));
    await userEvent.selectOptions(screen.getByLabelText('Sujet'), 'booking_created');
    await waitFor(() => expect(address()).toContain('kind=booking_created'));
    await userEvent.click(await screen.findByRole('button', { name: 'Marquer ce sujet comme lu' }));
    await screen.findByText('3 notifications marquées comme lues');
    const posts = asked.filter(({ method }) => method === 'POST').map(({ path, query }) => `${path}?${query}`);
    expect(posts).toEqual([
      `/api/notifications/${BOOKED.id}/read?`,
      '/api/notifications/read-all?kind=booking_created',
    ]);
  });

  it('say that there is nothing, that nothing matches, or why they could not be loaded', async () => {
    let answer: object = [];
    fakeServer({ 'GET /api/notifications': () => answer });
    const { router } = await openAt('/notifications');
    await screen.findByText('Rien à signaler');
    await expectAccessible();
    await router.navigate({ to: '/notifications', search: { kind: 'dead_letters' } });
    await screen.findByText('Rien ne correspond à ces filtres');
    answer = problem(500, 'server/unexpected', 'Une erreur inattendue');
    await router.navigate({ to: '/notifications', search: { kind: 'other' } });
    expect((await screen.findByRole('alert')).textContent).toContain('req-1');
  });

  it('are one line for each subject and day in groups', async () => {
    fakeServer({
      'GET /api/notifications/groups': [
        { kind: 'booking_created', day: '2026-01-12', count: 42, unread: 3, latest: BOOKED },
      ],
    });
    await openAt('/notifications?tab=groups');
    const day = await screen.findByRole('region', { name: 'lundi 12 janvier' });
    expect(within(day).getByRole('link', { name: /Nouveau rendez-vous \(42 notifications\)/ })).toBeTruthy();
    expect(within(day).getByText('3 non lues')).toBeTruthy();
    await expectAccessible();
  });

  it('reach a person as they choose; other choices stay', async () => {
    const preference = { in_app: true, email: false, chosen: false };
    const { asked } = fakeServer({
      'GET /api/notification-preferences': [
        { ...preference, kind: 'booking_created' },
        { ...preference, kind: 'dead_letters', in_app: false, chosen: true },
      ],
      'PUT /api/notification-preferences': ({ body }) =>
        (body as { preferences: object[] }).preferences.map((one) => ({ ...one, chosen: true })),
    });
    await openAt('/notifications?tab=preferences');
    const box = await screen.findByRole('checkbox', { name: /^Nouveau rendez-vous\s: par e-mail$/ });
    expect(screen.getByText('Vous n’en serez pas averti')).toBeTruthy();
    await expectAccessible();
    await userEvent.click(box);
    await waitFor(() => expect(asked.some(({ method }) => method === 'PUT')).toBe(true));
    expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({
      preferences: [
        { kind: 'dead_letters', in_app: false, email: false },
        { kind: 'booking_created', in_app: true, email: true },
      ],
    });
    await screen.findAllByText('Votre choix');
  });
});
