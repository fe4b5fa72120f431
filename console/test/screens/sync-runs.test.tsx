import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
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
  counts: { listed: 500, created: 1, updated: 2, removed: 0 } as Record<string, number>,
  progress: null as { done: number; total: number | null } | null,
  provider_calls: 7,
  error_code: null as string | null,
  created_at: '2026-01-16T15:30:00.000Z',
  started_at: '2026-01-16T15:30:00.100Z',
  finished_at: '2026-01-16T15:30:02.400Z',
};

describe('the readings', () => {
  it('tell what started them, what they found and why everything was read', async () => {
    fakeServer({ 'GET /api/sync-runs': [RUN], 'GET /api/sync-runs/:id': RUN });
    const { address } = await openAt('/sync-runs');
    const table = await screen.findByRole('table', { name: /Lectures/ });
    expect(within(table).getByText('1 créé, 2 modifiés')).toBeTruthy();
    await expectAccessible();
    await userEvent.click(within(table).getByRole('link'));
    const drawer = await screen.findByRole('dialog');
    await within(drawer).findByText(/la position de lecture n’était plus valable/);
    expect(within(drawer).getByText('500')).toBeTruthy();
    expect(address()).toContain(`open=${RUN.id}`);
    await expectAccessible();
  });

  it('show how far they are, and what follows without a reload', async () => {
    let run = {
      ...RUN,
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
    const run = { ...RUN, state: 'failed', error_code: 'reauthorize' };
    fakeServer({ 'GET /api/sync-runs': [run], 'GET /api/sync-runs/:id': run });
    await openAt(`/sync-runs?open=${RUN.id}`);
    await screen.findByText('L’accès au compte a pris fin');
    expect(screen.getByText(/Reconnectez le compte/)).toBeTruthy();
  });

  it.each([
    ['Retirer 2 éléments', 'approve'],
    ['Tout garder', 'reject'],
  ])('ask before they remove much: %s', async (button, action) => {
    const run = { ...RUN, state: 'needs_approval' };
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
