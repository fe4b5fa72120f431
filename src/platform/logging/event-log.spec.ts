import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Problem } from '../errors/problem.js';
import { unexpectedFailure } from '../errors/platform.problems.js';
import { describeError, EventLog } from './event-log.js';
import { requestContext } from './request-context.js';

/** Everything that some reader takes for the end of a line. */
const BREAKS = /[\n\v\f\r\u0085\u2028\u2029]/;

function listening(logFormat: 'json' | 'pretty' = 'json', logLevel: 'error' | 'warn' | 'log' | 'debug' = 'debug') {
  const written: string[] = [];
  const log = new EventLog({ logFormat, logLevel }, (line) => written.push(line));
  return { log, written, entries: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

/** Words that must never be seen, thrown by somebody who quotes them. */
const secretError = () => new Error('duplicate key: (email)=(john.doe@example.test), token hunter2');

describe('the log of events', () => {
  it('writes one line of JSON for an event, with its name, its level and its fields', () => {
    const { log, entries } = listening();
    log.event('calendly.connected', { integration_id: '7', count: 2, fresh: true, note: null });
    const [entry] = entries();
    expect(entry).toMatchObject({
      level: 'log',
      event: 'calendly.connected',
      integration_id: '7',
      count: 2,
      fresh: true,
      note: null,
    });
    expect(Date.parse(String(entry?.['at']))).not.toBeNaN();
  });

  it('names the request it happened in', () => {
    const { log, entries } = listening();
    requestContext.run({ requestId: 'r-1', locale: 'fr', ipPrefix: '10.0.0.0/24' }, () => log.event('a'));
    log.event('b');
    expect(entries().map((entry) => entry['request_id'])).toEqual(['r-1', undefined]);
  });

  it.each([
    ['error', ['failure']],
    ['warn', ['warning', 'failure']],
    ['log', ['event', 'warning', 'failure']],
    ['debug', ['detail', 'event', 'warning', 'failure']],
  ] as const)('at the level %s writes %j', (level, expected) => {
    const { log, entries } = listening('json', level);
    log.detail('detail');
    log.event('event');
    log.warning('warning');
    log.failure('failure', null);
    expect(entries().map(({ event }) => event)).toEqual(expected);
  });

  it('says of an error what it is and where it came from, and never what it quotes', () => {
    const { log, written, entries } = listening();
    const cause = Object.assign(secretError(), { code: '23505' });
    log.failure('bookings.merge_failed', new Problem(unexpectedFailure, { cause }), { booking_id: '7' });
    expect(entries()[0]).toMatchObject({
      level: 'error',
      event: 'bookings.merge_failed',
      booking_id: '7',
      error: 'Problem',
      error_code: 'server/unexpected',
      error_at: expect.stringContaining('event-log.spec.ts'),
      cause: 'Error',
      cause_code: '23505',
    });
    expect(written.join('')).not.toMatch(/hunter2|john\.doe/);
  });

  it.each([
    ['a message that is written like a stack', new Error('refused\n    at hunter2 (john.doe@example.test:1:1)')],
    ['an error whose message was changed', Object.assign(new Error('a\n    at hunter2:1:1'), { message: 'b' })],
    ['a text', 'hunter2'],
    ['an object', { token: 'hunter2' }],
    ['an error in an error in an error', new Error('a', { cause: new Error('b', { cause: secretError() }) })],
    ['an error without a stack', Object.assign(secretError(), { stack: undefined })],
    ['a code that is no word', Object.assign(new Error('x'), { code: { token: 'hunter2' } })],
  ])('keeps to itself what is in %s', (_, thrown) => {
    const { log, written } = listening();
    log.failure('a.failed', thrown);
    log.error(thrown, `Error: hunter2\n    at x`, 'ExceptionsHandler');
    expect(written).toHaveLength(2);
    expect(written.join('')).not.toMatch(/hunter2|john\.doe/);
  });

  it('finds the context among what Nest passes with an error', () => {
    const { log, entries } = listening();
    log.error(secretError(), 'Error: hunter2\n    at x', 'ExceptionsHandler');
    log.error(secretError(), undefined, 'Scheduler');
    log.error(secretError(), 'Scheduler');
    log.error(secretError(), 'Error: hunter2');
    expect(entries().map(({ context }) => context)).toEqual(['ExceptionsHandler', 'Scheduler', 'Scheduler', undefined]);
  });

  it('points at our own code before that of a library', () => {
    const error = new Error('x');
    error.stack =
      'Error: x\n    at pg (/app/node_modules/pg/a.js:1:1)\n    at node:internal:2:2\n    at merge (/app/src/b.ts:3:3)';
    expect(describeError(error)['error_at']).toBe('merge (/app/src/b.ts:3:3)');
  });

  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'a\nb',
      'a\r\n{"event":"forged"}',
      '\u2028',
      '\u2029',
      '\u0085',
      '\v',
      '\f',
      '\u001b[2J',
      '\u009b2J',
      '"',
      '\\',
      '\\"',
      '\ud800',
      '\0',
    ),
    fc.array(fc.constantFrom('\n', '"', '\\', '\r', '\u2028', 'x'), { maxLength: 8 }).map((parts) => parts.join('')),
  );

  it('writes one parseable line for one event, whatever its fields hold', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, value) => {
        const { log, written, entries } = listening();
        log.event(name, { value, list: [value, name] });
        expect(written).toHaveLength(1);
        expect(written[0]!.endsWith('\n')).toBe(true);
        expect(written[0]!.slice(0, -1)).not.toMatch(BREAKS);
        expect(entries()[0]).toMatchObject({ event: name, value, list: [value, name] });
      }),
    );
  });

  it('writes one line for people too, without anything their terminal would obey', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, value) => {
        const { log, written } = listening('pretty');
        log.event(name, { value });
        expect(written).toHaveLength(1);
        // oxlint-disable-next-line no-control-regex -- control characters are exactly what must not be there
        expect(written[0]!.slice(0, -1)).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029]/);
      }),
    );
  });

  it('leaves out for people what is not there', () => {
    const { log, written } = listening('pretty');
    log.event('sync.claimed', { claimed: 3, reason: null, other: undefined });
    expect(written[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} · sync\.claimed {2}claimed=3\n$/);
  });
});
