import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demand } from '../support/app.js';
import { type CalendarApp, CALENDAR_TYPES, startCalendarApp } from '../support/calendar-app.js';

describe.each(CALENDAR_TYPES)('a person and their %s calendar', (type) => {
  let app: CalendarApp;
  beforeAll(async () => {
    app = await startCalendarApp();
  });
  afterAll(() => app.close());

  it('are connected, read, written to and parted', async () => {
    const person = await app.registerConnected(type);
    const { token } = person;
    const list = demand(200, await app.http('GET', '/api/calendar-integration/integrations', { token })).body;
    expect(list).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type,
          connected: true,
          status: 'connected',
          delivery_mode: 'push',
          settings: { import: true, export: true, sync: true },
        }),
      ]),
    );
    const events = await app.listEvents(person);
    expect(events.length).toBeGreaterThan(3);

    const start = new Date(Date.now() + 7 * 86_400_000);
    start.setUTCHours(8, 0, 0, 0);
    const formation = demand(
      201,
      await app.http('POST', '/api/formations', {
        token,
        body: {
          title: 'Sécurité incendie',
          description: 'Apporter ses gants',
          location: 'Salle B',
          sessions: [
            {
              starts_at: start.toISOString(),
              ends_at: new Date(start.getTime() + 2 * 3_600_000).toISOString(),
            },
          ],
        },
      }),
    ).body;
    const exported = demand(
      200,
      await app.http('POST', `/api/calendar-integration/${type}/export-formation`, {
        token,
        body: { formationId: formation.id },
      }),
    ).body;
    expect(exported).toMatchObject({
      success: true,
      exports: [{ session_id: formation.sessions[0].id, event_id: expect.any(String), state: 'synced' }],
    });
    const before = events.length;
    await app.importNow(person, type);
    expect(await app.listEvents(person)).toHaveLength(before);

    demand(200, await app.http('DELETE', `/api/calendar-integration/integrations/${type}`, { token }));
  });
});
