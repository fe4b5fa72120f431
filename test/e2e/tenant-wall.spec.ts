import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SessionAuthenticator } from '../../src/accounts/session-authenticator.js';
import { TENANT_TABLES } from '../../src/platform/database/row-security.js';
import { Transaction } from '../../src/platform/database/transaction.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { ApiDescription, type Operation } from '../fuzz/api-description.js';
import { CANARY, type Estate, furnishEstate, pathValuesOf, quiet, stopTheClocks } from '../fuzz/estate.js';
import { exampleRequest } from '../fuzz/requests.js';
import { type Answer, demand, type Person } from '../support/app.js';
import { startWholeApp, type WholeApp } from '../support/whole-app.js';

/**
 * The second wall alone. Here the application does the worst that a query can do: whatever a stranger asks, every query
 * names the organization of the estate instead of theirs, while the database has been told whose transaction it is.
 */
let app: WholeApp;
let estate: Estate;
let api: ApiDescription;
let stranger: Person;
let ids: ReadonlySet<string>;
let requests = 0;

beforeAll(async () => {
  app = await startWholeApp();
  estate = await furnishEstate(app);
  stranger = await app.addMember(await app.registerOrganization(), 'admin');
  api = new ApiDescription(demand(200, await app.http('GET', '/openapi.json')).body);
  await stopTheClocks(app);
  ids = await idsOfEstate();
  misdirect(app, stranger.organizationId, estate.owner.organizationId);
}, 120_000);

afterAll(async () => {
  process.stdout.write(`second wall: ${requests} misdirected requests, ${ids.size} ids not shown\n`);
  await app.close();
});

describe('an application whose every query asks for the rows of another organization', () => {
  it('gets none of them, and changes none', async () => {
    const before = await fingerprint();
    const leaks: string[] = [];
    let unasked = 0;
    for (const operation of api.operations.filter((one) => !isOfTheirOwn(one))) {
      const answer = await ask(operation);
      if (answer.status === 401 && !operation.isPublic) unasked += 1;
      leaks.push(...leaksIn(operation, answer));
    }
    expect(leaks).toEqual([]);
    // Who they are is asked before, and of the right organization: else nothing would have been tried.
    expect(unasked).toBe(0);
    await quiet(app);
    expect(await fingerprint()).toEqual(before);
  }, 180_000);

  it('would get them without the wall', async () => {
    for (const table of Object.keys(TENANT_TABLES)) {
      await app.database.query(`ALTER TABLE ${table} DISABLE ROW LEVEL SECURITY`);
    }
    const leaking: string[] = [];
    for (const operation of api.operations.filter(({ method }) => method === 'GET')) {
      if (leaksIn(operation, await ask(operation)).length > 0) leaking.push(operation.name);
    }
    expect(leaking.length).toBeGreaterThan(10);
  }, 120_000);
});

/** Of the first organization's transactions, every query names the second; signing in and background work are left alone. */
function misdirect(whole: WholeApp, from: string, to: string): void {
  const signingIn = new AsyncLocalStorage<true>();
  const authenticator = whole.get(SessionAuthenticator);
  const authenticate = authenticator.authenticate.bind(authenticator);
  authenticator.authenticate = (bearer) => signingIn.run(true, () => authenticate(bearer));

  const work = whole.get(UnitOfWork);
  const inOrganization = work.inOrganization.bind(work);
  work.inOrganization = (scope, task) =>
    inOrganization(scope, (tx) =>
      scope.organizationId === from && !signingIn.getStore() ? task(new Transaction(tx.manager, to)) : task(tx),
    );
}

/** What the document's example asks, of the things of the estate. */
function ask(operation: Operation): Promise<Answer> {
  requests += 1;
  const { method, path, body } = exampleRequest(operation, api, {
    ...pathValuesOf(estate, operation),
    ...(operation.method === 'GET' ? {} : estate.byName),
  });
  return app.http(method, path, { token: stranger.token, ...(body !== undefined && { body }) });
}

function isOfTheirOwn({ path }: Operation): boolean {
  return path === '/api/auth/logout' || path === '/api/auth/register';
}

function leaksIn({ name }: Operation, { text }: Answer): string[] {
  const shown = [...text.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)].map(([id]) => id);
  const leaks = [...shown.filter((id) => ids.has(id)), ...(text.includes(CANARY) ? [CANARY] : [])];
  return leaks.map((leak) => `${name} shows ${leak}`);
}

async function idsOfEstate(): Promise<Set<string>> {
  const found = new Set<string>();
  for (const table of await tablesWithIds()) {
    const rows = await app.database.query<{ id: string }>(`SELECT id::text FROM ${table} WHERE organization_id = $1`, [
      estate.owner.organizationId,
    ]);
    for (const { id } of rows) found.add(id);
  }
  return found;
}

async function tablesWithIds(): Promise<string[]> {
  const rows = await app.database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'id' AND table_name = ANY($1)`,
    [Object.keys(TENANT_TABLES).filter((table) => table !== 'organizations')],
  );
  return rows.map(({ name }) => name);
}

/** How many tokens a key has opened, which is counted now and then, whoever asks for what meanwhile. */
const COUNTED = ['uses'];

/** Of all rows of the estate, table by table. */
async function fingerprint(): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const [table, { owner = 'organization_id' }] of Object.entries(TENANT_TABLES)) {
    const [row] = await app.database.query<{ print: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(row::text, '|' ORDER BY row::text)), '') AS print
       FROM (SELECT to_jsonb(t) - $2::text[] AS row FROM ${table} t WHERE ${owner} = $1) AS rows`,
      [estate.owner.organizationId, COUNTED],
    );
    prints[table] = row!.print;
  }
  return prints;
}
