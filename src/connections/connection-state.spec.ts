import { describe, expect, it } from '@jest/globals';
import {
  type AccountFacts,
  type ConnectionFacts,
  type ConnectionVerdict,
  judgeConnection,
} from './connection-state.js';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);

const WELL: AccountFacts = {
  status: 'connected',
  statusReason: null,
  statusChangedAt: minutes(-300),
  connectedAt: minutes(-600),
  lacksScopes: false,
  callsNotBefore: null,
  isPaused: false,
  pausedAt: null,
  reading: null,
  awaitsApproval: false,
  lastSyncedAt: minutes(-3),
  readsByItself: true,
  intervalMinutes: 30,
  isRealTime: true,
  isChannelOpening: false,
  channelRefusal: null,
  isAddressLocal: false,
};

const judge = (account: Partial<AccountFacts> | null, missingVariables: ConnectionFacts['missingVariables'] = []) =>
  judgeConnection({ missingVariables, account: account && { ...WELL, ...account } }, NOW);

/** From the strongest to the weakest: each takes the headline from all that follow. */
const LADDER: [state: ConnectionVerdict['state'], facts: Partial<AccountFacts>][] = [
  ['needs_reauth', { status: 'needs_reauth', statusReason: 'revoked' }],
  ['error', { status: 'error', statusReason: 'temporary' }],
  ['rate_limited', { callsNotBefore: minutes(2) }],
  ['paused', { isPaused: true }],
  ['importing', { reading: { isTakeover: true, since: minutes(-1) } }],
  ['syncing', { reading: { isTakeover: false, since: minutes(-1) } }],
  ['stale', { lastSyncedAt: minutes(-61) }],
  ['polling', { isRealTime: false }],
  ['connected', {}],
];

describe('of several things that are true of a connection', () => {
  const pairs = LADDER.flatMap(([stronger, facts], place) =>
    LADDER.slice(place).map(([weaker, others]) => ({ stronger, weaker, facts: { ...others, ...facts } })),
  );

  it.each(pairs)('$stronger is told before $weaker', ({ stronger, facts }) => {
    expect(judge(facts).state).toBe(stronger);
  });

  it('missing variables are told before anything, for nothing else can be mended without them', () => {
    for (const [, facts] of LADDER) {
      expect(judge(facts, ['CALENDLY_CLIENT_ID'])).toMatchObject({ state: 'not_configured', action: 'none' });
    }
    expect(judge(null, ['CALENDLY_CLIENT_ID'])).toMatchObject({ state: 'not_configured' });
  });
});

describe('a connection', () => {
  it.each<[what: string, facts: Partial<AccountFacts> | null, expected: Partial<ConnectionVerdict>]>([
    ['that was never made can be made', null, { state: 'not_connected', cause: null, action: 'connect' }],
    ['that was ended can be made again', { status: 'disconnected' }, { state: 'not_connected', action: 'connect' }],
    [
      'without a grant says why and since when',
      { status: 'needs_reauth', statusReason: 'rotation_response_lost' },
      { cause: 'rotation_response_lost', action: 'reconnect', since: WELL.statusChangedAt },
    ],
    [
      'that failed for a lack of consent is to be connected again',
      { status: 'error', statusReason: 'forbidden', lacksScopes: true },
      { state: 'error', cause: 'insufficient-scope', action: 'reconnect' },
    ],
    [
      'with half its permissions is not a working one, whatever still works',
      { lacksScopes: true },
      { state: 'error', cause: 'insufficient-scope', action: 'reconnect' },
    ],
    [
      'that failed for another reason is to be tried again',
      { status: 'error', statusReason: 'temporary' },
      { cause: 'temporary', action: 'retry', since: WELL.statusChangedAt },
    ],
    [
      'under a limit says when it ends',
      { callsNotBefore: minutes(2) },
      { action: 'wait', cause: 'rate-limited', resumesAt: minutes(2) },
    ],
    ['whose limit is over is under none', { callsNotBefore: minutes(-1) }, { state: 'connected' }],
    [
      'at rest says since when',
      { isPaused: true, pausedAt: minutes(-90) },
      { cause: 'paused', action: 'resume', since: minutes(-90) },
    ],
    [
      'being read asks for nothing but patience',
      { reading: { isTakeover: false, since: minutes(-1) } },
      { cause: null, action: 'wait', since: minutes(-1) },
    ],
    ['exactly two intervals old is not yet late', { lastSyncedAt: minutes(-60) }, { state: 'connected' }],
    [
      'that was made just now is about to be read',
      { lastSyncedAt: null, connectedAt: minutes(-1) },
      { state: 'importing', action: 'wait', since: minutes(-1) },
    ],
    ['that was never read is late by its age', { lastSyncedAt: null }, { state: 'stale', action: 'sync', since: null }],
    ['that reads only when asked is never late', { lastSyncedAt: null, readsByItself: false }, { state: 'connected' }],
    [
      'whose reading waits for agreement says so while nothing worse is to be said',
      { awaitsApproval: true },
      { state: 'connected', cause: 'approval-required' },
    ],
  ])('%s', (_what, facts, expected) => {
    expect(judge(facts)).toMatchObject(expected);
  });
});

describe('without real time', () => {
  it.each<[cause: string, facts: Partial<AccountFacts>]>([
    ['plan', { channelRefusal: 'plan' }],
    ['plan', { channelRefusal: 'plan', isAddressLocal: true }],
    ['public-url-local', { isAddressLocal: true }],
    ['public-url-local', { isAddressLocal: true, channelRefusal: 'unexpected' }],
    ['channel-pending', { isAddressLocal: true, isChannelOpening: true }],
    ['forbidden', { channelRefusal: 'forbidden' }],
    ['channel-pending', {}],
  ])('the cause is %s with %j', (cause, facts) => {
    expect(judge({ isRealTime: false, ...facts })).toMatchObject({ state: 'polling', cause, action: 'sync' });
  });
});
