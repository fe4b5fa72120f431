import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { CALENDLY_ID, connection, connectionDetail, GOOGLE } from '../connection';
import { fakeServer, problem } from '../fake-server';
import { expectAccessible, openAt } from '../screen';

const cardOf = async (name: string) => within(await screen.findByRole('region', { name }));

describe('the connections', () => {
  it.each([
    ['not_connected', 'connect', 'Non connecté', 'Connecter Calendly'],
    ['needs_reauth', 'reconnect', 'À reconnecter', 'Reconnecter'],
    ['error', 'retry', 'Erreur de synchro', 'Réessayer'],
    ['rate_limited', 'wait', 'Limité par Calendly', null],
    ['paused', 'resume', 'En pause', 'Reprendre'],
    ['importing', 'wait', 'Import initial 38/120', null],
    ['syncing', 'wait', 'Synchronisation…', null],
    ['stale', 'sync', 'En retard', 'Synchroniser'],
    ['polling', 'sync', 'Connecté (sans temps réel)', 'Synchroniser'],
    ['connected', 'sync', 'Connecté', 'Synchroniser'],
  ] as const)('that is %s says so, why, and what helps', async (state, kind, badge, button) => {
    const isTroubled = !['not_connected', 'importing', 'syncing', 'connected'].includes(state);
    fakeServer({
      'GET /api/integrations': [
        connection({
          state,
          action: { kind },
          progress: state === 'importing' ? { done: 38, total: 120 } : null,
          cause: isTroubled ? { code: 'x', title: 'Titre', detail: `La cause de ${state}.` } : null,
        }),
      ],
    });
    await openAt('/connections');
    const card = await cardOf('Calendly');
    expect(card.getByText(badge)).toBeTruthy();
    expect(card.queryByText(`La cause de ${state}.`) !== null).toBe(isTroubled);
    expect(card.queryByRole('button')?.textContent ?? null).toBe(button);
    await expectAccessible();
  });

  it('that are not configured tell the variables and the address to register', async () => {
    fakeServer({
      'GET /api/integrations': [
        connection({
          state: 'not_configured',
          action: { kind: 'none' },
          integration_id: null,
          missing_variables: ['CALENDLY_CLIENT_ID', 'CALENDLY_CLIENT_SECRET'],
        }),
      ],
    });
    await openAt('/connections');
    const card = await cardOf('Calendly');
    expect(card.getByText('CALENDLY_CLIENT_SECRET')).toBeTruthy();
    expect(card.getByText('https://crm.example/auth/calendly/callback')).toBeTruthy();
    await expectAccessible();
  });

  it('keep a failure at the one it is about', async () => {
    fakeServer({
      'GET /api/integrations': [connection(), GOOGLE],
      'POST /api/integrations/:id/sync': problem(409, 'provider/reauthorize', 'L’accès au compte a pris fin'),
    });
    await openAt('/connections');
    const card = await cardOf('Calendly');
    await userEvent.click(card.getByRole('button', { name: 'Synchroniser' }));
    expect((await card.findByRole('alert')).textContent).toContain('L’accès au compte a pris fin');
    expect((await cardOf('Google Calendar')).queryByRole('alert')).toBeNull();
  });
});

describe('one connection', () => {
  const routes = { 'GET /api/integrations': [connection(), GOOGLE], 'GET /api/integrations/:id': connectionDetail() };

  it('shows granted and required permissions and how the access is doing, never a token', async () => {
    fakeServer(routes);
    await openAt(`/connections/calendly?account=${CALENDLY_ID}`);
    const missing = (await screen.findByText('webhooks:write')).closest('li');
    expect(missing?.textContent).toContain('manquante');
    expect(screen.getByText('users:read').closest('li')?.textContent).toContain('accordée');
    expect(document.body.textContent).not.toMatch(/access-1|refresh-1/);
    await expectAccessible();
  });

  it('has its tabs in the address, and each of them is accessible', async () => {
    fakeServer({
      ...routes,
      'GET /api/calendly/status': {
        auto_sync_enabled: true,
        sync_interval_minutes: 30,
        import_days: 30,
        calendly_link: null,
      },
    });
    const { address } = await openAt('/connections/calendly');
    for (const tab of ['Règles', 'Synchronisations', 'Webhooks', 'Zone sensible']) {
      await userEvent.click(await screen.findByRole('tab', { name: tab }));
      await waitFor(() => expect(address()).toContain('tab='));
      await expectAccessible();
    }
    expect(address()).toContain('tab=danger');
  });

  it('says what stays and what ends before it is disconnected, also when its access is dead', async () => {
    const dead = { state: 'needs_reauth', action: { kind: 'reconnect' } } as const;
    const { asked } = fakeServer({
      'GET /api/integrations': [connection(dead)],
      'GET /api/integrations/:id': connectionDetail(dead),
      'POST /api/integrations/:id/disconnect': { success: true, erased_events: 0 },
    });
    const { address } = await openAt('/connections/calendly?tab=danger');
    await userEvent.click(await screen.findByRole('button', { name: 'Déconnecter' }));
    const question = screen.getByRole('alertdialog', { name: /nora@example.test/ });
    expect(question.textContent).toContain('les prospects, leurs notes');
    expect(document.activeElement?.textContent).toBe('Annuler');
    await userEvent.click(within(question).getByRole('button', { name: 'Déconnecter' }));
    await waitFor(() => expect(address()).toMatch(/\/connections$/));
    expect(asked.find(({ path }) => path.endsWith('/disconnect'))?.query.get('data')).toBe('keep');
  });

  it('stores the choice of a calendar at once', async () => {
    const detail = connectionDetail({ ...GOOGLE, settings: { ...GOOGLE.settings, calendar_id: 'a' } });
    const calendar = { type: 'google', time_zone: 'Europe/Paris', primary: false, can_write: true };
    const { asked } = fakeServer({
      'GET /api/integrations': [GOOGLE],
      'GET /api/integrations/:id': detail,
      'GET /api/calendar-integration/calendars': [
        { ...calendar, id: 'a', name: 'Camille', primary: true },
        { ...calendar, id: 'b', name: 'Équipe' },
        { ...calendar, id: 'c', name: 'Jours fériés', can_write: false },
      ],
      'PUT /api/calendar-integration/integrations/:type/settings': {},
    });
    await openAt('/connections/google-calendar?tab=calendars');
    const shared = await screen.findByRole('radio', { name: /Équipe/ });
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Camille/ }).checked).toBe(true);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /Jours fériés/ }).disabled).toBe(true);
    await userEvent.click(shared);
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'PUT')).toMatchObject({ body: { calendar_id: 'b' } }),
    );
    await expectAccessible();
  });

  it('asks before a reading removes more than usual, and removes nothing by default', async () => {
    const awaiting = { approval_run_id: '0198f3c2-0000-7000-8000-0000000000d2' };
    const { asked } = fakeServer({
      'GET /api/integrations': [connection(awaiting)],
      'GET /api/integrations/:id': connectionDetail(awaiting),
      'GET /api/sync-runs/:id/removals': [
        { kind: 'event', id: 'e1', title: 'Réunion', starts_at: '2026-03-10T08:00:00.000Z', start_date: null },
      ],
      'POST /api/sync-runs/:id/reject': {},
    });
    await openAt('/connections/calendly');
    await userEvent.click(await screen.findByRole('button', { name: 'Voir ce qui serait supprimé' }));
    await screen.findByText(/Réunion/);
    await userEvent.click(screen.getByRole('button', { name: 'Tout garder' }));
    await waitFor(() => expect(asked.some(({ path }) => path.endsWith('/reject'))).toBe(true));
    expect(asked.some(({ path }) => path.endsWith('/approve'))).toBe(false);
  });
});

describe('connecting Cal.com', () => {
  const unconnected = connection({
    provider: 'cal-com',
    provider_name: 'Cal.com',
    state: 'not_connected',
    integration_id: null,
    action: { kind: 'connect' },
  });

  it('asks for a key where the server connects by one, and says when it is refused', async () => {
    const { asked } = fakeServer({
      'GET /api/integrations': [unconnected],
      'POST /api/cal/connect': ({ body }: { body: unknown }) => {
        const { apiKey } = (body ?? {}) as { apiKey?: string };
        if (apiKey === undefined) return problem(400, 'cal-com/api-key-missing', 'La clé manque');
        if (apiKey === 'cal_wrong')
          return problem(400, 'cal-com/api-key-refused', 'Cal.com ne reconnaît pas cette clé');
        return { success: true, data: { connected: true, authUrl: null } };
      },
    });
    await openAt('/connections');
    await userEvent.click(await screen.findByRole('button', { name: 'Connecter Cal.com' }));
    const dialog = await screen.findByRole('dialog', { name: 'Connecter Cal.com par une clé' });
    await expectAccessible();
    await userEvent.type(within(dialog).getByLabelText('Clé d’API'), 'cal_wrong');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Connecter' }));
    await within(dialog).findByText('Cal.com ne reconnaît pas cette clé');
    await userEvent.clear(within(dialog).getByLabelText('Clé d’API'));
    await userEvent.type(within(dialog).getByLabelText('Clé d’API'), 'cal_good');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Connecter' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked.findLast(({ path }) => path === '/api/cal/connect')?.body).toEqual({ apiKey: 'cal_good' });
  });
});
