import { afterEach, describe, expect, it } from '@jest/globals';
import { CalendlyStandIn } from './calendly/calendly.stand-in.js';
import { firstFreeAfternoon } from './gestures.js';
import { type SandboxServer, startSandboxServer } from './server.js';

describe('gestures', () => {
  let server: SandboxServer | undefined;

  afterEach(() => server?.close());

  async function start(): Promise<CalendlyStandIn> {
    const started = await startSandboxServer((origin) => [new CalendlyStandIn(origin, {})], 0);
    server = started.server;
    return started.standIns[0];
  }

  const ask = (path: string, init: RequestInit = {}) => fetch(new URL(path, server?.url), init);

  it('are listed, and done by their word alone', async () => {
    const { parts } = await start();
    const known = (await (await ask('/_sandbox/gestures')).json()) as unknown[];
    expect(known).toContainEqual({ stand_in: 'calendly', gesture: 'book' });
    const before = parts.store.invitees.size;
    expect((await ask('/_sandbox/calendly/gestures/book', { method: 'POST' })).status).toBe(200);
    expect((await ask('/_sandbox/calendly/gestures/book', { method: 'POST' })).status).toBe(200);
    expect(parts.store.invitees.size).toBe(before + 2);
  });

  it('take the latest booking, and say when there is nothing to take', async () => {
    const { parts } = await start();
    await ask('/_sandbox/calendly/gestures/book', { method: 'POST' });
    const booked = [...parts.store.invitees.values()].at(-1);
    await ask('/_sandbox/calendly/gestures/move', { method: 'POST' });
    expect(booked?.isRescheduled).toBe(true);
    await ask('/_sandbox/calendly/gestures/cancel', { method: 'POST' });
    expect(booked?.newInvitee?.status).toBe('canceled');
    const repeated = await ask('/_sandbox/calendly/gestures/repeat', { method: 'POST' });
    expect(repeated.status).toBe(409);
    expect(await repeated.json()).toMatchObject({ field: 'delivery' });
  });

  it('are not for pages of other origins, nor is any other control', async () => {
    const { parts } = await start();
    const before = parts.store.invitees.size;
    const headers = { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' };
    for (const path of ['gestures/book', 'book', 'reset']) {
      expect((await ask(`/_sandbox/calendly/${path}`, { method: 'POST', headers })).status).toBe(403);
    }
    expect(parts.store.invitees.size).toBe(before);
    const own = { ...headers, origin: server?.url ?? '' };
    expect((await ask('/_sandbox/calendly/gestures/book', { method: 'POST', headers: own })).status).toBe(200);
  });
});

describe('the first free afternoon', () => {
  it('is two o’clock in Paris, also across the change of the clocks, on a day that nobody has', () => {
    const now = new Date('2026-10-24T10:00:00Z');
    const tomorrow = new Date('2026-10-25T13:00:00Z');
    expect(firstFreeAfternoon(now, [])).toBe(tomorrow.toISOString());
    expect(firstFreeAfternoon(now, [tomorrow])).toBe('2026-10-26T13:00:00.000Z');
  });
});
