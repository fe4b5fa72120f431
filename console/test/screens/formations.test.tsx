import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Tooltip } from 'radix-ui';
import { describe, expect, it, vi } from 'vitest';
import { RecurrenceDialog } from '@/screens/formations/recurrence-dialog';
import { fakeServer, problem } from '../fake-server';
import { expectAccessible, openAt } from '../screen';

const ID = '0198f3c2-0000-7000-8000-000000000401';
const SUMMARY = {
  id: ID,
  title: 'Habilitation électrique',
  description: null,
  location: 'Paris',
  time_zone: 'Europe/Paris',
  status: 'confirmed',
  invite_participants: false,
  created_at: '2026-01-12T09:15:30.000Z',
  updated_at: '2026-01-12T09:15:30.000Z',
  session_count: 1,
  participant_count: 1,
  first_starts_at: '2026-10-25T00:30:00.000Z',
  last_ends_at: '2026-10-25T08:00:00.000Z',
};
const SESSION = {
  id: 's1',
  title: 'Jour 1',
  description: null,
  location: null,
  // In the hour that comes twice: its local time alone would not say which.
  starts_at: '2026-10-25T01:30:00.000Z',
  ends_at: '2026-10-25T08:00:00.000Z',
  time_zone: 'Europe/Paris',
  status: 'scheduled',
  participant_id: null,
  replaces_session_id: null,
  copies: [
    {
      provider: 'google-calendar',
      participant_id: 'u1',
      state: 'failed',
      error: 'forbidden',
      html_link: null,
      event_id: null,
      updated_at: '2026-01-12T09:15:30.000Z',
    },
  ],
};
const DETAIL = {
  ...SUMMARY,
  sessions: [SESSION],
  participants: [
    {
      id: 'u1',
      user_id: null,
      email: 'paul@example.test',
      name: 'Paul',
      role: 'participant',
      calendars: [{ state: 'not_connected', provider: null, reason: null }],
    },
  ],
  conflicts: [] as object[],
};
const ACCOUNTS = [
  { type: 'google', connected: true },
  { type: 'outlook', connected: false },
];
const SERVER = {
  'GET /api/formations': [SUMMARY],
  'GET /api/formations/:id': DETAIL,
  'GET /api/calendar-integration/integrations': ACCOUNTS,
};

describe('the trainings', () => {
  it('are a table; one in detail tells how each date stands in each calendar', async () => {
    fakeServer(SERVER);
    const { address } = await openAt('/formations');
    const table = await screen.findByRole('table', { name: /Formations/ });
    await expectAccessible();
    await userEvent.click(within(table).getByRole('link', { name: 'Habilitation électrique' }));
    const drawer = await screen.findByRole('dialog', { name: 'Habilitation électrique' });
    await within(drawer).findByText('1 date en échec');
    expect(within(drawer).getByText(/Google .* · Paul : échec/)).toBeTruthy();
    expect(within(drawer).getByText('sans agenda connecté')).toBeTruthy();
    expect(
      within(drawer)
        .getByRole('link', { name: /^Connecter/ })
        .getAttribute('href'),
    ).toMatch(/outlook$/);
    expect(address()).toContain(`open=${ID}`);
    await expectAccessible();
  });

  it('are exported again, and leave the calendars after a question', async () => {
    const { asked } = fakeServer({
      ...SERVER,
      'POST /api/calendar-integration/google/export-formation': { success: true, exports: [{ state: 'synced' }] },
      'PATCH /api/formations/:id': { ...DETAIL, status: 'draft' },
    });
    await openAt(`/formations?open=${ID}`);
    await userEvent.click(await screen.findByRole('button', { name: /^Exporter à nouveau/ }));
    await screen.findByText(/1 sur 1 à jour/);
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ formationId: ID });
    await userEvent.click(screen.getByRole('button', { name: /^Actions pour/ }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Retirer des agendas' }));
    const question = await screen.findByRole('alertdialog');
    await expectAccessible();
    await userEvent.click(within(question).getByRole('button', { name: 'Retirer des agendas' }));
    await waitFor(() => expect(asked.find(({ method }) => method === 'PATCH')?.body).toEqual({ status: 'draft' }));
  });

  it('can be taken along as a file', async () => {
    const { asked } = fakeServer({
      ...SERVER,
      'GET /api/formations/:id/calendar.ics': new Response('BEGIN:VCALENDAR'),
    });
    const saved: string[] = [];
    URL.createObjectURL = () => 'blob:dates';
    URL.revokeObjectURL = () => undefined;
    HTMLAnchorElement.prototype.click = function click() {
      saved.push(this.download);
    };
    await openAt(`/formations?open=${SUMMARY.id}`);
    await userEvent.click(await screen.findByRole('button', { name: `Actions pour ${SUMMARY.title}` }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Télécharger les dates (.ics)' }));
    await waitFor(() => expect(saved).toEqual([`${SUMMARY.title}.ics`]));
    expect(asked.at(-1)?.path).toBe(`/api/formations/${SUMMARY.id}/calendar.ics`);
  });

  it('ask which version holds when two edits have met', async () => {
    const conflict = {
      id: 'x1',
      session_id: 's1',
      field: 'title',
      ours: 'Jour 1',
      theirs: 'Premier jour',
      kept: 'theirs',
      found_at: '2026-01-12T09:15:30.000Z',
    };
    const { asked } = fakeServer({
      ...SERVER,
      'GET /api/formations/:id': { ...DETAIL, conflicts: [conflict] },
      'POST /api/calendar-integration/conflicts/:id/resolve': undefined as never,
    });
    await openAt(`/formations?open=${ID}`);
    await screen.findByText('Le titre a été changé ici et dans un agenda');
    expect(screen.getByText('Premier jour').closest('dd')?.textContent).toContain('(en vigueur)');
    await userEvent.click(screen.getByRole('button', { name: 'Garder la version d’ici' }));
    await waitFor(() => expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ keep: 'ours' }));
    expect(asked.find(({ method }) => method === 'POST')?.path).toContain('/conflicts/x1/resolve');
  });

  it('are written down with dates and people; what the server refuses stands at its field', async () => {
    const { asked } = fakeServer({
      ...SERVER,
      'POST /api/formations': problem(400, 'request/invalid', 'La requête est invalide', {
        errors: [{ pointer: '/sessions/0/ends_at', message: 'La fin vient avant le début' }],
      }),
    });
    await openAt('/formations');
    await userEvent.click(await screen.findByRole('button', { name: 'Nouvelle formation' }));
    const form = await screen.findByRole('dialog', { name: 'Nouvelle formation' });
    await userEvent.type(within(form).getByLabelText('Titre'), 'Secourisme');
    fireEvent.change(within(form).getByLabelText('Début'), { target: { value: '2026-03-10T09:00' } });
    expect(within(form).getByLabelText<HTMLInputElement>('Fin').value).toBe('2026-03-10T10:00');
    await userEvent.click(within(form).getByRole('button', { name: 'Ajouter un participant' }));
    await userEvent.type(within(form).getByLabelText('E-mail'), 'paul@example.test');
    await expectAccessible();
    await userEvent.click(within(form).getByRole('button', { name: 'Enregistrer' }));
    expect((await within(form).findByRole('alert')).textContent).toContain('La fin vient avant le début');
    expect(within(form).getByLabelText('Fin').getAttribute('aria-invalid')).toBe('true');
    expect(asked.find(({ method }) => method === 'POST')?.body).toMatchObject({
      title: 'Secourisme',
      time_zone: 'Europe/Paris',
      sessions: [{ starts_at: '2026-03-10T09:00', ends_at: '2026-03-10T10:00', title: null }],
      participants: [{ email: 'paul@example.test', name: null, role: 'participant' }],
    });
  });

  it('can have regular dates: said once, seen before they are added, changed one by one', async () => {
    const { asked } = fakeServer({ ...SERVER, 'POST /api/formations': DETAIL });
    await openAt('/formations');
    await userEvent.click(await screen.findByRole('button', { name: 'Nouvelle formation' }));
    const form = await screen.findByRole('dialog', { name: 'Nouvelle formation' });
    await userEvent.type(within(form).getByLabelText('Titre'), 'Secourisme');
    await userEvent.click(within(form).getByRole('button', { name: 'Ajouter des dates régulières' }));

    const series = await screen.findByRole('dialog', { name: 'Dates régulières' });
    within(series).getByText(/Aux heures de Europe\/Paris/);
    await userEvent.click(within(series).getByLabelText('mardi'));
    await userEvent.click(within(series).getByLabelText('jeudi'));
    fireEvent.change(within(series).getByLabelText('À partir du'), { target: { value: '2026-03-24' } });
    fireEvent.change(within(series).getByLabelText('Nombre de dates'), { target: { value: '3' } });
    const shown = () =>
      within(series)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent);
    // Clocks go forward in between, and it is nine o'clock all the same.
    const LAST = 'mardi 31 mars 2026, 09:00–12:00 UTC+2';
    expect(shown()).toEqual(['mardi 24 mars 2026, 09:00–12:00 UTC+1', 'jeudi 26 mars 2026, 09:00–12:00 UTC+1', LAST]);
    await expectAccessible();

    await userEvent.click(within(series).getByRole('button', { name: 'Sauf jeudi 26 mars' }));
    within(series).getByRole('button', { name: 'Remettre jeudi 26 mars' });
    await userEvent.selectOptions(within(series).getByLabelText('S’arrête'), 'à une date');
    fireEvent.change(within(series).getByLabelText('Jusqu’au (inclus)'), { target: { value: '2026-03-31' } });
    expect(shown()).toContain(LAST);
    await userEvent.click(within(series).getByRole('button', { name: 'Ajouter 2 dates' }));

    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Dates régulières' })).toBeNull());
    const begins = within(form).getAllByLabelText<HTMLInputElement>('Début');
    expect(begins.map(({ value }) => value)).toEqual(['2026-03-24T09:00', '2026-03-31T09:00']);
    fireEvent.change(begins[1]!, { target: { value: '2026-03-31T10:00' } });
    await userEvent.click(within(form).getByRole('button', { name: 'Enregistrer' }));
    await waitFor(() => expect(asked.some(({ method }) => method === 'POST')).toBe(true));
    expect(asked.find(({ method }) => method === 'POST')?.body).toMatchObject({
      time_zone: 'Europe/Paris',
      sessions: [
        { starts_at: '2026-03-24T09:00', ends_at: '2026-03-24T12:00' },
        { starts_at: '2026-03-31T10:00', ends_at: '2026-03-31T12:00' },
      ],
    });
  });

  it('are not added at an hour that clocks skip, nor in a greater number than there is room for', async () => {
    const onDates = vi.fn();
    render(
      <Tooltip.Provider>
        <RecurrenceDialog zone="Europe/Paris" room={2} onClose={() => undefined} onDates={onDates} />
      </Tooltip.Provider>,
    );
    const fill = (label: string, value: string) =>
      fireEvent.change(screen.getByLabelText(label), { target: { value } });
    const add = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
    await userEvent.click(screen.getByLabelText('dimanche'));
    fill('À partir du', '2026-03-29');
    fill('Début', '02:30');
    fill('Nombre de dates', '2');
    screen.getByText(/cette heure n’existe pas ce jour-là/);
    expect(add('Ajouter 2 dates').disabled).toBe(true);
    fill('Début', '08:30');
    expect(add('Ajouter 2 dates').disabled).toBe(false);
    fill('Nombre de dates', '3');
    screen.getByText('Cette formation ne peut plus recevoir que 2 dates.');
    expect(add('Ajouter 3 dates').disabled).toBe(true);
    fill('Nombre de dates', '2');
    await userEvent.click(add('Ajouter 2 dates'));
    expect(onDates).toHaveBeenCalledExactlyOnceWith([
      { startsAt: '2026-03-29T08:30', endsAt: '2026-03-29T12:00' },
      { startsAt: '2026-04-05T08:30', endsAt: '2026-04-05T12:00' },
    ]);
  });

  it('keep, when they are edited, the instants that nobody has touched', async () => {
    const { asked } = fakeServer({ ...SERVER, 'PUT /api/formations/:id': DETAIL });
    await openAt(`/formations?open=${ID}`);
    await userEvent.click(await screen.findByRole('button', { name: 'Modifier' }));
    const form = await screen.findByRole('dialog', { name: 'Modifier la formation' });
    expect(within(form).getByLabelText<HTMLInputElement>('Début').value).toBe('2026-10-25T02:30');
    fireEvent.change(within(form).getByLabelText('Fin'), { target: { value: '2026-10-25T10:15' } });
    await userEvent.click(within(form).getByRole('button', { name: 'Enregistrer' }));
    await waitFor(() => expect(asked.some(({ method }) => method === 'PUT')).toBe(true));
    expect(asked.find(({ method }) => method === 'PUT')?.body).toMatchObject({
      sessions: [{ id: 's1', starts_at: SESSION.starts_at, ends_at: '2026-10-25T10:15', time_zone: 'Europe/Paris' }],
      participants: [{ id: 'u1', email: 'paul@example.test' }],
    });
  });

  it('say that there are none, that none matches, or why they could not be loaded', async () => {
    let answer: object = [];
    fakeServer({ 'GET /api/formations': () => answer });
    const { router } = await openAt('/formations');
    await screen.findByText('Aucune formation');
    await expectAccessible();
    await router.navigate({ to: '/formations', search: { status: 'draft' } });
    await screen.findByText('Rien ne correspond à ces filtres');
    answer = problem(500, 'server/unexpected', 'Une erreur inattendue');
    await router.navigate({ to: '/formations', search: { status: 'cancelled' } });
    expect((await screen.findByRole('alert')).textContent).toContain('req-1');
  });
});
