import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditTrail, type AuditVerdict } from '../../src/accounts/index.js';
import { AccountsHousekeeping } from '../../src/accounts/accounts-housekeeping.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { type AccountsApp, register, startAccountsApp } from '../support/accounts-app.js';
import { type TestDatabase, createTestDatabase } from '../support/test-database.js';

describe('the audit trail', () => {
  let database: TestDatabase;
  let accounts: AccountsApp;
  let organizationId: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    accounts = await startAccountsApp(database.url);
  });
  afterAll(async () => {
    await accounts?.close();
    await database?.drop();
  });
  beforeEach(async () => {
    const { user } = await register(accounts);
    organizationId = user.organization_id;
  });

  const record = (action: string): Promise<void> =>
    accounts.get(UnitOfWork).inOrganization({ organizationId }, (tx) =>
      accounts.get(AuditTrail).record(tx, {
        actor: { type: 'provider', id: 'calendly' },
        action,
        object: { type: 'integration', id: '7' },
        outcome: 'failure',
        details: { z: 1, a: ['é', '"'], nothing: null, is: true, share: 0.1 },
      }),
    );

  const verify = (): Promise<AuditVerdict> =>
    accounts.get(UnitOfWork).inOrganization({ organizationId }, (tx) => accounts.get(AuditTrail).verify(tx));

  /** With the rights of the table's owner, who alone can take the trigger away. */
  async function tamper(statement: string): Promise<void> {
    await database.query('ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only');
    await database.query(statement, [organizationId]);
    await database.query('ALTER TABLE audit_events ENABLE TRIGGER audit_events_append_only');
  }

  it('holds together line by line, also when thirty are written at once', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, index) => record(`probe.${index}`)));

    expect(await verify()).toEqual({ intact: true, lines: 31 });
  });

  it('takes back the line with the work that was rolled back', async () => {
    const failing = accounts.get(UnitOfWork).inOrganization({ organizationId }, async (tx) => {
      await accounts.get(AuditTrail).record(tx, { actor: { type: 'system' }, action: 'probe.undone' });
      throw new Error('rolled back');
    });

    await expect(failing).rejects.toThrow('rolled back');
    expect(await verify()).toEqual({ intact: true, lines: 1 });
  });

  it.each([
    [
      'an altered text',
      `UPDATE audit_events SET action = 'x' WHERE organization_id = $1 AND position = 3`,
      3,
      'altered',
    ],
    [
      'an altered detail',
      `UPDATE audit_events SET details = details || '{"z":2}' WHERE organization_id = $1 AND position = 4`,
      4,
      'altered',
    ],
    [
      'a moved hour',
      `UPDATE audit_events SET at = at + interval '1 ms' WHERE organization_id = $1 AND position = 2`,
      2,
      'altered',
    ],
    ['a line taken out', 'DELETE FROM audit_events WHERE organization_id = $1 AND position = 3', 3, 'missing'],
    ['the newest line taken out', 'DELETE FROM audit_events WHERE organization_id = $1 AND position = 5', 5, 'missing'],
    [
      'a line sealed anew',
      `UPDATE audit_events SET previous_hash = sha256('x'::bytea) WHERE organization_id = $1 AND position = 3`,
      3,
      'unlinked',
    ],
    ['a head put back', `UPDATE audit_heads SET position = 4 WHERE organization_id = $1`, 5, 'head'],
  ] as const)('names the place of %s', async (_, statement, position, fault) => {
    for (const action of ['one', 'two', 'three', 'four']) await record(`probe.${action}`);
    expect(await verify()).toEqual({ intact: true, lines: 5 });

    await tamper(statement);

    expect(await verify()).toEqual({ intact: false, position, fault });
  });

  it('refuses every change through the tables', async () => {
    for (const change of [`UPDATE audit_events SET action = 'x'`, 'DELETE FROM audit_events']) {
      await expect(database.query(`${change} WHERE organization_id = $1`, [organizationId])).rejects.toThrow(
        /append-only|permission denied/,
      );
    }
  });

  it('goes to the logs with its newest seal', async () => {
    await accounts.get(AccountsHousekeeping).logAuditHeads();

    const [head] = await database.query<{ hash: Buffer }>('SELECT hash FROM audit_heads WHERE organization_id = $1', [
      organizationId,
    ]);
    const line = accounts.logged.find((entry) => entry.includes('audit.head') && entry.includes(organizationId));
    expect(JSON.parse(String(line))).toMatchObject({ position: '1', hash: head?.hash.toString('hex') });
  });
});
