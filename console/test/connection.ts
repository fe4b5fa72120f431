import type { components } from '@passerelle/client';

type Connection = components['schemas']['ConnectionDto'];
type ConnectionDetail = components['schemas']['ConnectionDetailDto'];

export const CALENDLY_ID = '0198f3c2-0000-7000-8000-0000000000c1';

/** A healthy Calendly account, but for what a test is about. */
export function connection(change: Partial<Connection> = {}): Connection {
  return {
    provider: 'calendly',
    provider_name: 'Calendly',
    kind: 'booking',
    integration_id: CALENDLY_ID,
    state: 'connected',
    cause: null,
    action: { kind: 'sync' },
    scope: 'organization',
    is_shared: true,
    account_email: 'nora@example.test',
    account_name: 'Nora Petit',
    since: null,
    resumes_at: null,
    connected_at: '2026-01-10T09:00:00.000Z',
    last_synced_at: '2026-01-16T15:30:00.000Z',
    next_sync_at: '2026-01-16T16:00:00.000Z',
    is_real_time: true,
    real_time_until: null,
    counts: { events: 15, prospects: 13 },
    progress: null,
    approval_run_id: null,
    missing_variables: [],
    redirect_uri: 'https://crm.example/auth/calendly/callback',
    settings: {
      enabled: true,
      auto_sync_enabled: true,
      sync_interval_minutes: 30,
      import_days: 30,
      import: null,
      export: null,
      calendar_id: null,
    },
    ...change,
  };
}

/** What the server answers of its providers: those of today, with two accounts at one, and one that is new here. */
export function everyProvider(): Connection[] {
  return [
    connection(),
    connection({ provider: 'cal-com', provider_name: 'Cal.com' }),
    connection({ provider: 'cal-com', provider_name: 'Cal.com', integration_id: null, state: 'not_connected' }),
    connection({ provider: 'google-calendar', provider_name: 'Google Calendar', kind: 'calendar' }),
    connection({ provider: 'outlook', provider_name: 'Outlook', kind: 'calendar' }),
    connection({ provider: 'doodle', provider_name: 'Doodle' }),
  ];
}

export function connectionDetail(change: Partial<ConnectionDetail> = {}): ConnectionDetail {
  return {
    ...connection(),
    scopes: { required: ['users:read', 'webhooks:write'], granted: ['users:read'], missing: ['webhooks:write'] },
    access: {
      expires_at: '2026-01-16T17:30:00.000Z',
      refreshed_at: '2026-01-16T15:30:00.000Z',
      consented_at: '2026-01-10T09:00:00.000Z',
    },
    channel: {
      state: 'open',
      refusal: null,
      created_at: '2026-01-10T09:00:00.000Z',
      expires_at: null,
      last_checked_at: '2026-01-16T15:00:00.000Z',
      last_delivery_at: null,
    },
    last_runs: [
      {
        id: '0198f3c2-0000-7000-8000-0000000000d1',
        provider: 'calendly',
        integration_id: CALENDLY_ID,
        trigger: 'manual',
        state: 'succeeded',
        mode: 'changes',
        full_reason: null,
        counts: { listed: 15, created: 2, updated: 1 },
        progress: null,
        provider_calls: 3,
        error_code: null,
        created_at: '2026-01-16T15:30:00.000Z',
        started_at: '2026-01-16T15:30:00.000Z',
        finished_at: '2026-01-16T15:30:02.000Z',
      },
    ],
    ...change,
  };
}

export const GOOGLE = connection({
  provider: 'google-calendar',
  provider_name: 'Google Calendar',
  kind: 'calendar',
  scope: 'person',
  is_shared: false,
  integration_id: '0198f3c2-0000-7000-8000-0000000000c2',
  account_email: 'camille@example.test',
  redirect_uri: 'https://crm.example/calendar/callback/google',
});
