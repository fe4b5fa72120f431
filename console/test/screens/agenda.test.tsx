import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { clockChangeIn } from '@/screens/agenda/clock-change';
import { everyProvider } from '../connection';
import { fakeServer, problem } from '../fake-server';
import { expectAccessible, openAt } from '../screen';

const BOOKING = {
  id: '0198f3c2-0000-7000-8000-000000000301',
  provider: 'calendly',
  integration_id: 'i1',
  event_name: 'Découverte 30min',
  event_start_time: '2026-01-14T15:30:00.000Z',
  event_end_time: '2026-01-14T16:00:00.000Z',
  event_status: 'canceled',
  location: null,
  join_url: null,
  invitee_name: 'Zoé Martin',
  invitee_email: 'zoe@example.test',
  invitee_phone: null,
  invitee_timezone: 'America/New_York',
  invitee_questions: [{ question: 'Votre projet ?', answer: 'Une bibliothèque', position: 0 }],
  tracking: {},
  cancellation: { by: 'invitee', reason: 'Empêchement' },
  prospect_id: 'p1',
  created_at: '2026-01-10T09:00:00.000Z',
  updated_at: '2026-01-10T09:00:00.000Z',
};
const EVENT = {
  id: '0198f3c2-0000-7000-8000-000000000302',
  type: 'google',
  calendar_id: 'camille@example.test',
  title: null,
  description: null,
  location: null,
  all_day: false,
  starts_at: '2026-01-15T08:00:00.000Z',
  ends_at: '2026-01-15T09:00:00.000Z',
  start_date: null,
  end_date: null,
  time_zone: 'Europe/Paris',
  status: 'confirmed',
  visibility: 'private',
  busy: true,
  attendees: [],
  html_link: null,
  join_url: null,
  series_id: null,
  updated_at: '2026-01-10T09:00:00.000Z',
};
const SERVER = {
  'GET /api/bookings': [BOOKING],
  'GET /api/bookings/:id': { ...BOOKING, history: [] },
  'GET /api/calendar-integration/events': ({ query }: { query: URLSearchParams }) =>
    query.get('status') === 'cancelled' ? [] : [EVENT],
  'GET /api/formations': [],
  'GET /api/integrations': everyProvider(),
  'GET /api/calendar-integration/integrations': [{ type: 'google' }, { type: 'outlook' }, { type: 'proton' }],
};

describe('the calendar', () => {
  it('is a list of seven days on a small screen, by the clock of the organization, with what is cancelled', async () => {
    const { asked } = fakeServer(SERVER);
    await openAt('/agenda?date=2026-01-14');
    const entry = await screen.findByText('Zoé Martin · Découverte 30min');
    expect(entry.closest('.agenda-cancelled')).not.toBeNull();
    expect(entry.parentElement?.textContent).toMatch(/16:30.*Calendly · annulé$/);
    expect((await screen.findByText('Occupé')).parentElement?.textContent).toContain('09:00');
    expect(screen.getByRole('heading', { name: /14.*20 janvier 2026/ })).toBeTruthy();
    const days = asked.find(({ path }) => path === '/api/bookings')?.query;
    expect([days?.get('from'), days?.get('to')]).toEqual(['2026-01-13T23:00:00.000Z', '2026-01-20T23:00:00.000Z']);
    await expectAccessible();
  });

  it('tells the hours in another zone, when asked', async () => {
    fakeServer(SERVER);
    const { address } = await openAt('/agenda?date=2026-01-14');
    await screen.findByText('Zoé Martin · Découverte 30min');
    await userEvent.selectOptions(screen.getByLabelText('Fuseau horaire'), 'UTC');
    await waitFor(() =>
      expect(screen.getByText('Zoé Martin · Découverte 30min').parentElement?.textContent).toContain('15:30'),
    );
    expect(address()).toContain('zone=UTC');
  });

  it('opens what is in it with the keyboard, in both zones, with the way to the prospect', async () => {
    fakeServer(SERVER);
    const { address } = await openAt('/agenda?date=2026-01-14');
    const entry = await screen.findByText('Zoé Martin · Découverte 30min');
    const target = entry.closest<HTMLElement>('[tabindex="0"], a, button')!;
    target.focus();
    await userEvent.keyboard('{Enter}');
    const drawer = await screen.findByRole('dialog', { name: 'Zoé Martin · Découverte 30min' });
    await within(drawer).findByText('Une bibliothèque');
    expect(drawer.textContent).toContain('America/New_York');
    expect(drawer.textContent).toContain('par la personne · Empêchement');
    expect(within(drawer).getByRole('link', { name: 'Voir la fiche' }).getAttribute('href')).toMatch(/open=p1$/);
    expect(decodeURIComponent(address())).toContain(`open=booking:${BOOKING.id}`);
    await expectAccessible();
  });

  it('shows a private event without a word of it', async () => {
    fakeServer(SERVER);
    await openAt(`/agenda?date=2026-01-14&open=event%3A${EVENT.id}`);
    await screen.findByText(/Cet événement est privé/);
  });

  it('leaves sources out, in the address', async () => {
    fakeServer(SERVER);
    const { address } = await openAt('/agenda?date=2026-01-14');
    await screen.findByText('Zoé Martin · Découverte 30min');
    await userEvent.click(await screen.findByRole('button', { name: 'Calendly' }));
    await waitFor(() => expect(screen.queryByText('Zoé Martin · Découverte 30min')).toBeNull());
    expect(address()).toContain('without=calendly');
    await userEvent.click(await screen.findByRole('button', { name: 'Google Calendar' }));
    await screen.findByText('Rien ne correspond à ces filtres');
  });

  it('knows sources of which the console has never heard', async () => {
    fakeServer({ ...SERVER, 'GET /api/bookings': [{ ...BOOKING, provider: 'doodle' }] });
    await openAt('/agenda?date=2026-01-14');
    await screen.findByText('Zoé Martin · Découverte 30min');
    await screen.findByRole('button', { name: 'proton' });
    await userEvent.click(screen.getByRole('button', { name: 'Doodle' }));
    await waitFor(() => expect(screen.queryByText('Zoé Martin · Découverte 30min')).toBeNull());
    await expectAccessible();
  });

  it('goes on by seven days and back to today', async () => {
    fakeServer({ ...SERVER, 'GET /api/bookings': [] });
    const { address } = await openAt('/agenda?date=2026-01-14');
    await userEvent.click(await screen.findByRole('button', { name: 'Sept jours suivants' }));
    await screen.findByRole('heading', { name: /21.*27 janvier 2026/ });
    expect(address()).toContain('date=2026-01-21');
    await userEvent.click(screen.getByRole('button', { name: 'Aujourd’hui' }));
    await waitFor(() => expect(address()).not.toContain('date'));
  });

  it('leaves the others alone when one source cannot be read', async () => {
    fakeServer({ ...SERVER, 'GET /api/formations': problem(500, 'server/unexpected', 'Une erreur inattendue') });
    await openAt('/agenda?date=2026-01-14');
    const part = await screen.findByRole('region', { name: 'Formations' });
    expect(part.textContent).toContain('req-1');
    await screen.findByText('Zoé Martin · Découverte 30min');
  });

  it('says what will make something appear', async () => {
    fakeServer({ ...SERVER, 'GET /api/bookings': [], 'GET /api/calendar-integration/events': [] });
    await openAt('/agenda?date=2026-01-14');
    await screen.findByRole('link', { name: 'Connecter un agenda' });
    await expectAccessible();
  });
});

describe('the change of the clock', () => {
  it.each([
    ['2026-03-22T23:00:00Z', '2026-03-29T22:00:00Z', 'Europe/Paris', true],
    ['2026-10-18T22:00:00Z', '2026-10-25T23:00:00Z', 'Europe/Paris', false],
  ])('from %s to %s in %s is found', (from, to, zone, isForward) => {
    expect(clockChangeIn({ from, to }, zone)?.isForward).toBe(isForward);
  });

  it('is not where there is none', () => {
    const week = { from: '2026-03-22T23:00:00Z', to: '2026-03-29T22:00:00Z' };
    expect(clockChangeIn(week, 'Asia/Tokyo')).toBeNull();
    expect(clockChangeIn({ from: '2026-01-11T23:00:00Z', to: '2026-01-18T23:00:00Z' }, 'Europe/Paris')).toBeNull();
  });
});
