import { describe, expect, it } from '@jest/globals';
import { migrations } from '../platform/database/migrations/index.js';
import { judgeBacklog } from './checks/backlog.check.js';
import { judgeDatabase, judgeRoom } from './checks/database.check.js';
import { judgeLogDisk, judgeZoneData } from './checks/machine.check.js';
import { judgeMailFailure } from './checks/mail.check.js';
import { isLocal, isLoopback } from './loopback.js';

const codes = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);

describe('a database', () => {
  const sound = {
    version: 180_001,
    version_text: '18.1',
    overrides: false,
    owns: false,
    unguarded: 0,
    used: 10,
    most: 100,
    applied: migrations.map(({ name }) => name),
  };

  it.each([
    ['is well', {}, []],
    ['is too old', { version: 140_009 }, ['database/too-old']],
    ['is entered as a superuser', { overrides: true }, ['database/superuser']],
    ['is entered as its owner', { owns: true }, ['database/one-role']],
    ['is entered as its owner, a superuser', { owns: true, overrides: true }, ['database/superuser']],
    ['has lost the wall of a table', { unguarded: 1 }, ['database/unguarded']],
    ['was not given the wall yet', { unguarded: 1, applied: [] }, ['database/migrations-pending']],
    ['is nearly full of connections', { used: 90 }, ['database/connections-short']],
    ['misses a migration', { applied: sound.applied.slice(1) }, ['database/migrations-pending']],
    ['was never migrated', { applied: null }, ['database/migrations-pending']],
    ['is ahead of this version', { applied: [...sound.applied, 'Later'] }, ['database/migrations-unknown']],
  ])('that %s', (_, change, expected) => {
    expect(codes(judgeDatabase({ ...sound, ...change }))).toEqual(expected);
  });

  it('is told of its disk when that runs short, and louder when it is gone', () => {
    expect(judgeRoom(40)).toEqual([]);
    expect(judgeRoom(null)).toEqual([]);
    expect(judgeRoom(8)).toMatchObject([{ code: 'database/room-short', severity: 'warning' }]);
    expect(judgeRoom(2)).toMatchObject([{ code: 'database/room-short', severity: 'error' }]);
  });
});

describe('the machine', () => {
  it('is told of the disk of its logs', () => {
    expect(judgeLogDisk(40)).toEqual([]);
    expect(codes(judgeLogDisk(5))).toEqual(['log/disk-short']);
  });

  it.each([
    ['2025b', '2026-06-01', []],
    ['2025b', '2027-01-02', ['zone-data/old']],
    [undefined, '2027-01-02', []],
  ])('with zone data %s on %s', (version, now, expected) => {
    expect(codes(judgeZoneData(version, new Date(now)))).toEqual(expected);
  });
});

describe('a mail server that cannot be used', () => {
  it.each([
    [{ code: 'EAUTH', message: '535 refused' }, 'mail/login-refused'],
    [{ code: 'ECONNECTION', message: 'connect ECONNREFUSED' }, 'mail/unreachable'],
    [{ code: 'ESOCKET', message: 'wrong version number (ssl)' }, 'mail/tls-failed'],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT', message: 'self-signed' }, 'mail/tls-failed'],
    [{ code: 'ETLS', message: '' }, 'mail/tls-failed'],
  ])('%j is %s', (error, code) => {
    expect(judgeMailFailure(error).code).toBe(code);
  });
});

describe('the backlog', () => {
  const sound = { workers: 1, waiting: 3, oldest_minutes: 0, stuck: 0, parked: 0 };

  it.each([
    [{}, []],
    [{ workers: 0 }, ['queue/no-worker']],
    [{ waiting: 9_000 }, ['queue/behind']],
    [{ oldest_minutes: 6 }, ['queue/behind']],
    [{ stuck: 1 }, ['deliveries/stuck']],
    [{ parked: 1 }, ['dead-letters/parked']],
  ])('%j', (change, expected) => {
    expect(codes(judgeBacklog({ ...sound, ...change }))).toEqual(expected);
  });
});

describe('an address', () => {
  it.each([
    ['http://localhost:3000', true, true],
    ['http://127.0.0.1', true, true],
    ['http://[::1]:3000', true, true],
    ['https://10.0.0.7', false, true],
    ['https://server.local', false, true],
    ['https://server', false, true],
    ['https://crm.example', false, false],
    ['https://93.184.216.34', false, false],
  ])('%s is on this machine: %s, on this network: %s', (address, loopback, local) => {
    expect([isLoopback(address), isLocal(address)]).toEqual([loopback, local]);
  });
});
