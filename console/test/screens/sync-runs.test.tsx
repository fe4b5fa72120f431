import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { everyProvider } from '../connection';
import { fakeServer, problem } from '../fake-server';
import { socket } from '../fake-socket';
import { expectAccessible, openAt } from '../screen';

const RUN = {
  id: '0198f3c2-0000-7000-8000-000000000101',
  provider: 'google-calendar',
  integration_id: '0198f3c2-0000-7000-8000-0000000000e1',
  trigger: 'schedule',
  state: 'succeeded',
  mode: 'full',
  full_reason: 'cursor_expired',
  counts: { listed: 500, created: 1, updated: 2, removed: 0 } as Record<string, number>,
  progress: null as { done: number; total: number | null } | null,
  provider_calls: 7,
  error_code: null as string | null,
  created_at: '2026-01-16T15:30:00.000Z',
  started_at: '2026-01-16T15:30:00.100Z',
  finished_at: '2026-01-16T15:30:02.400Z',
};
/** A request of Graph, as its support asks for it. */
const REQUEST_ID = 'a2b5f3f0-5d0c-4a8e-9a3e-0a6a3f0a9d11';
const DETAIL = {
  ...RUN,
  next_run_at: '2126-01-16T16:00:00.000Z' as string | null,
  steps: [
    { at: '2026-01-16T15:30:00.100Z', kind: 'started', mode: 'changes' },
    {
      at: '2026-01-16T15:30:00.300Z',
      kind: 'restarted',
      full_reason: 'cursor_expired',
      said: 'SyncStateNotFound',
      status: 410,
      request_id: REQUEST_ID,
    },
    { at: '2026-01-16T15:30:01.300Z', kind: 'throttled', until: '2026-01-16T15:31:00.000Z', status: 429 },
    { at: '2026-01-16T15:31:00.100Z', kind: 'resumed', mode: 'full', full_reason: 'cursor_expired' },
    { at: '2026-01-16T15:31:01.100Z', kind: 'page_read', page: 1, counts: { listed: 1_500, created: 1, updated: 0 } },
    { at: '2026-01-16T15:31:01.200Z', kind: 'left_out', counts: { steps: 12 } },
    { at: '2026-01-16T15:31:01.300Z', kind: 'interrupted', code: 'timeout', status: 0 },
    { at: '2026-01-16T15:31:02.400Z', kind: 'canceled', code: 'superseded' },
  ],
};

describe('the readings', () => {
  it('tell what started them, what they found and why everything was read', async () => {
    fakeServer({ 'GET /api/sync-runs': [RUN], 'GET /api/sync-runs/:id': DETAIL });
    const { address } = await openAt('/sync-runs');
    const table = await screen.findByRole('table', { name: /Lectures/ });
    expect(within(table).getByText('1 créé, 2 modifiés')).toBeTruthy();
    expect(within(table).getByText('position expirée')).toBeTruthy();
    await expectAccessible();
    await userEvent.click(within(table).getByRole('link'));
    const drawer = await screen.findByRole('dialog');
    const mode = await within(drawer).findByText('Mode', { selector: 'dt' });
    expect(mode.nextElementSibling?.textContent).toContain('la position de lecture n’était plus valable');
    expect(within(drawer).getByText('500')).toBeTruthy();
    expect(within(drawer).getByText(/16\/01\/2126 17:00/)).toBeTruthy();
    expect(address()).toContain(`open=${RUN.id}`);
    await expectAccessible();
  });

  it('tell what they did, step by step, and how the provider can find it', async () => {
    fakeServer({ 'GET /api/sync-runs': [RUN], 'GET /api/sync-runs/:id': { ...DETAIL, next_run_at: null } });
    await openAt(`/sync-runs?open=${RUN.id}`);
    const log = await screen.findByRole('region', { name: 'Déroulement' });
    const steps = within(log)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent.replaceAll(/[\u00a0\u202f]/g, ' '));
    expect(steps).toEqual([
      'Lecture commencée16:30 · +0 msChangements seuls',
      'Reprise du début16:30 · +200 msla position de lecture n’était plus valable chez le fournisseur · ' +
        `mot du fournisseur : SyncStateNotFound · réponse HTTP 410Requête du fournisseur : ${REQUEST_ID}`,
      'Le fournisseur demande d’attendre16:30 · +1,2 sjusqu’à 16/01/2026 16:31 · réponse HTTP 429',
      'Lecture reprise16:31 · +1 minComplète · la position de lecture n’était plus valable chez le fournisseur',
      'Page 1 lue et écrite16:31 · +1 minlistés : 1 500 · créés : 1',
      '12 étapes ne sont pas gardées16:31 · +1 min',
      'Interrompue, sera réessayée16:31 · +1 minLe fournisseur n’a pas répondu à temps · aucune réponse',
      'Lecture annulée16:31 · +1 minune lecture plus récente la remplace',
    ]);
    expect(within(log).getByRole('button', { name: `Copier ${REQUEST_ID}` })).toBeTruthy();
    expect(screen.getByText('aucune n’est prévue')).toBeTruthy();
    await expectAccessible();
  });

  it('can be those of any provider that the server knows, also of one that is new here', async () => {
    const { asked } = fakeServer({ 'GET /api/sync-runs': [RUN], 'GET /api/integrations': everyProvider() });
    await openAt('/sync-runs');
    await screen.findByRole('option', { name: 'Doodle' });
    const filter = screen.getByRole('combobox', { name: 'Connexion' });
    expect(
      within(filter)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual(['Toutes les connexions', 'Calendly', 'Cal.com', 'Google Calendar', 'Outlook', 'Doodle']);
    await userEvent.selectOptions(filter, 'Doodle');
    await waitFor(() => expect(asked.at(-1)?.query.get('provider')).toBe('doodle'));
  });

  it('show how far they are, and what follows without a reload', async () => {
    let run = {
      ...DETAIL,
      state: 'running',
      progress: { done: 38, total: 120 } as typeof RUN.progress,
      finished_at: null,
    };
    fakeServer({ 'GET /api/sync-runs': () => [run], 'GET /api/sync-runs/:id': () => run });
    await openAt(`/sync-runs?open=${RUN.id}`);
    const bar = await screen.findByRole('progressbar', { name: 'Événements parcourus' });
    expect(bar.getAttribute('aria-valuenow')).toBe('38');
    run = { ...run, progress: { done: 90, total: 120 } };
    socket.say('sync:progress', { run_id: RUN.id, provider: 'google-calendar', state: 'running', counts: {} });
    await waitFor(() => expect(bar.getAttribute('aria-valuenow')).toBe('90'));
  });

  it('tell the cause of a failure and what to do', async () => {
    const run = { ...DETAIL, state: 'failed', error_code: 'reauthorize' };
    fakeServer({ 'GET /api/sync-runs': [run], 'GET /api/sync-runs/:id': run });
    await openAt(`/sync-runs?open=${RUN.id}`);
    await screen.findByText('L’accès au compte a pris fin');
    expect(screen.getByText(/Reconnectez le compte/)).toBeTruthy();
  });

  it.each([
    ['Retirer 2 éléments', 'approve'],
    ['Tout garder', 'reject'],
  ])('ask before they remove much: %s', async (button, action) => {
    const run = { ...DETAIL, state: 'needs_approval' };
    const { asked } = fakeServer({
      'GET /api/sync-runs': [run],
      'GET /api/sync-runs/:id': run,
      'GET /api/sync-runs/:id/removals': [
        { kind: 'event', id: 'e1', title: 'Réunion', starts_at: '2026-03-10T08:00:00.000Z', start_date: null },
        { kind: 'session', id: 's1', title: null, starts_at: null, start_date: '2026-03-11' },
      ],
      'POST /api/sync-runs/:id/approve': RUN,
      'POST /api/sync-runs/:id/reject': RUN,
    });
    await openAt(`/sync-runs?open=${RUN.id}`);
    await screen.findByText('Réunion');
    expect(screen.getByText('Événement d’une autre personne')).toBeTruthy();
    await expectAccessible();
    await userEvent.click(screen.getByRole('button', { name: button }));
    await waitFor(() => expect(asked.some(({ path }) => path.endsWith(`/${action}`))).toBe(true));
  });

  it('say that there are none, that none matches, or why they could not be loaded', async () => {
    let answer: object = [];
    fakeServer({ 'GET /api/sync-runs': () => answer });
    const { router } = await openAt('/sync-runs');
    await screen.findByText('Aucune lecture');
    await expectAccessible();
    await router.navigate({ to: '/sync-runs', search: { state: 'failed' } });
    await screen.findByText('Rien ne correspond à ces filtres');
    answer = problem(500, 'server/unexpected', 'Une erreur inattendue');
    await router.navigate({ to: '/sync-runs', search: { state: 'queued' } });
    expect((await screen.findByRole('alert')).textContent).toContain('Une erreur inattendue');
  });
});
