import { describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import type { Session } from '../accounts/index.js';
import { Problem } from '../platform/errors/problem.js';
import type { SyncRun } from '../sync/index.js';
import { OutlookController } from './outlook.controller.js';
import type { OutlookProvider } from './outlook.provider.js';

const SESSION = { organizationId: 'o', userId: 'u' } as Session;
const PROVIDER = {
  displayName: 'Outlook',
  calendar: { scopes: { read: ['Calendars.Read'], write: ['Calendars.ReadWrite'] } },
  oauth: { missingVariables: [] },
} as unknown as OutlookProvider;

/** The answer to an import whose run ends, or does not, like this. */
async function answerTo(run: Partial<SyncRun>) {
  const asked: unknown[] = [];
  const runs = { run: (...given: unknown[]) => Promise.resolve(asked.push(given) && { id: 'r', counts: {}, ...run }) };
  const controller = new OutlookController(null as never, runs as never, null as never, PROVIDER);
  let status = 200;
  const reply = { status: (code: number) => (status = code) } as unknown as FastifyReply;
  const body = await controller.import(SESSION, reply);
  expect(asked).toEqual([[SESSION, 'outlook']]);
  return { status, body };
}

describe('an import that somebody waits for', () => {
  it('says what came in when it is done', async () => {
    const counts = { listed: 9, created: 4, updated: 3, removed: 2, unchanged: 0, set_aside: 0 };
    expect(await answerTo({ state: 'succeeded', counts })).toEqual({
      status: 200,
      body: { success: true, imported: 4, updated: 3, removed: 2, run_id: 'r' },
    });
  });

  it.each(['queued', 'running'] as const)('says where to look when it is still %s', async (state) => {
    expect(await answerTo({ state })).toEqual({ status: 202, body: { success: true, run_id: 'r' } });
  });

  it('does not call it done when somebody has to look at it first', async () => {
    const body = { success: false, state: 'needs_approval', run_id: 'r' };
    expect(await answerTo({ state: 'needs_approval', counts: { created: 4 } })).toEqual({ status: 200, body });
  });

  it.each([
    ['reauthorize', 'provider/reauthorize'],
    ['unauthorized', 'provider/access-refused'],
    ['insufficient-scope', 'provider/scope-missing'],
    ['forbidden', 'provider/forbidden'],
    ['misconfigured', 'provider/misconfigured'],
    ['temporary', 'provider/unavailable'],
    ['timeout', 'provider/timeout'],
    ['contract', 'provider/contract'],
    ['gone', 'provider/unexpected'],
    ['a word to come', 'provider/unexpected'],
    [null, 'provider/unexpected'],
  ])('that failed with %s is answered as %s', async (error_code, code) => {
    const failure = await answerTo({ state: 'failed', error_code }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Problem);
    expect((failure as Problem).definition.code).toBe(code);
  });
});
