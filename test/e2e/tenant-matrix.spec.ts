import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiDescription, type Operation, type Schema } from '../fuzz/api-description.js';
import { CANARY, type Estate, furnishEstate, NOT_IDS, pathValuesOf, quiet, stopTheClocks } from '../fuzz/estate.js';
import { exampleRequest, type PathValues } from '../fuzz/requests.js';
import { type Answer, demand, type Person } from '../support/app.js';
import { startWholeApp, type WholeApp } from '../support/whole-app.js';

/** Of our own ids, one that nobody has. */
const NOBODYS = '01990000-0000-7000-8000-000000000000';
const MALFORMED = ['1', 'null', `${NOBODYS}x`, `{${NOBODYS}}`, '%27%20OR%20true--', '..%2f..%2f'];

/** Named by a request in its query or body, and yet of no organization: the words of providers, and of ours. */
const NAMES_NOTHING: ReadonlySet<string> = new Set(['calendar_id', 'credentialId', 'externalId']);

let app: WholeApp;
let estate: Estate;
let api: ApiDescription;
/** Of another organization, and its administrator. */
let stranger: Person;
/** Every id of a row of the estate. */
let ids: ReadonlySet<string>;
let requests = 0;

beforeAll(async () => {
  app = await startWholeApp();
  estate = await furnishEstate(app);
  const owner = await app.registerOrganization();
  stranger = await app.addMember(owner, 'admin');
  api = new ApiDescription(demand(200, await app.http('GET', '/openapi.json')).body);
  await quiet(app);
  await stopTheClocks(app);
  ids = await idsOfEstate();
}, 120_000);

afterAll(async () => {
  process.stdout.write(`tenants: ${requests} requests to ${api.operations.length} routes, ${ids.size} ids not shown\n`);
  await app.close();
});

describe('the estate', () => {
  it('has one of everything that any route can name', () => {
    for (const operation of api.operations) expect(() => pathValuesOf(estate, operation)).not.toThrow();
    const missing = api.operations.flatMap((operation) =>
      namesIn(operation)
        .filter((name) => !(name in estate.byName))
        .map((name) => `${operation.name}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('is not made up: its people are never told that it is not there', async () => {
    const findings: string[] = [];
    for (const operation of api.operations.filter((one) => idsIn(one).length > 0 && one.method === 'GET')) {
      const answer = await ask(operation, pathValuesOf(estate, operation), estate.owner);
      if (answer.status >= 400 && answer.status !== 409) findings.push(`${operation.name}: ${answer.text}`);
    }
    expect(findings).toEqual([]);
  });
});

describe('somebody of another organization', () => {
  it('is answered of every id there is as of one that nobody has, reads nothing and changes nothing', async () => {
    const before = await fingerprint();
    const findings: string[] = [];
    for (const operation of api.operations.filter((one) => !isOfTheirOwn(one))) {
      for (const name of idsIn(operation)) {
        const own = pathValuesOf(estate, operation);
        const foreign = await ask(operation, own, stranger);
        const nobodys = await ask(operation, { ...own, [name]: NOBODYS }, stranger);
        // The outer thing of theirs, so that only the inner one could be found.
        if (foreign.status !== 404) findings.push(`${operation.name} by ${name}: ${foreign.status} ${foreign.text}`);
        if (told(foreign) !== told(nobodys)) findings.push(`${operation.name} by ${name}: tells it from nothing`);
        findings.push(...leaksIn(operation, foreign));
      }
      for (const name of namesIn(operation)) {
        const foreign = await ask(operation, pathValuesOf(estate, operation), stranger, {
          [name]: estate.byName[name]!,
        });
        const nobodys = await ask(operation, pathValuesOf(estate, operation), stranger, { [name]: NOBODYS });
        if (told(foreign) !== told(nobodys)) findings.push(`${operation.name} by ${name}: tells it from nothing`);
        findings.push(...leaksIn(operation, foreign));
      }
      findings.push(...leaksIn(operation, await ask(operation, pathValuesOf(estate, operation), stranger)));
    }
    expect(findings).toEqual([]);
    await quiet(app);
    expect(await fingerprint()).toEqual(before);
  }, 180_000);

  it('does not get from within their own thing to the inner thing of another', async () => {
    const { token } = stranger;
    const body = { title: 'Voisine' };
    const { id } = demand(201, await app.http('POST', '/api/formations', { token, body })).body;
    const hook = { url: 'https://stranger.example/hooks', events: ['prospect.created'] };
    const { id: webhook } = demand(201, await app.http('POST', '/api/webhooks', { token, body: hook })).body;
    const outer: Record<string, string> = { '/api/formations/': id, '/api/webhooks/': webhook };
    const findings: string[] = [];
    const inner = api.operations.filter((one) => idsIn(one).length > 1);
    for (const operation of inner) {
      const collection = operation.path.slice(0, operation.path.indexOf('{'));
      const own = { ...pathValuesOf(estate, operation), id: outer[collection] ?? 'add the outer thing to this test' };
      const answer = await ask(operation, own, stranger);
      if (answer.status !== 404) findings.push(`${operation.name}: ${answer.status} ${answer.text}`);
      findings.push(...leaksIn(operation, answer));
    }
    expect(inner.length).toBeGreaterThan(3);
    expect(findings).toEqual([]);
  });
});

describe('nobody', () => {
  it('is asked for a session wherever something can be named', async () => {
    const findings: string[] = [];
    for (const operation of api.operations.filter(({ isPublic }) => !isPublic)) {
      const answer = await ask(operation, pathValuesOf(estate, operation), null);
      if (![401, 403].includes(answer.status)) findings.push(`${operation.name}: ${answer.status}`);
      findings.push(...leaksIn(operation, answer));
    }
    expect(findings).toEqual([]);
  });
});

describe('an id that is none', () => {
  it('is refused as such, whoever asks', async () => {
    const findings: string[] = [];
    for (const operation of api.operations) {
      for (const name of idsIn(operation)) {
        for (const malformed of MALFORMED) {
          const own = { ...pathValuesOf(estate, operation), [name]: decodeURIComponent(malformed) };
          for (const person of [estate.administrator, stranger]) {
            const answer = await ask(operation, own, person);
            if (answer.status !== 400) findings.push(`${operation.name} by ${malformed}: ${answer.status}`);
          }
        }
      }
    }
    expect(findings).toEqual([]);
  }, 120_000);
});

describe('a member', () => {
  it('is either let do it or told that an administrator may, and is never shown what is not theirs to see', async () => {
    const findings: string[] = [];
    for (const operation of api.operations.filter((one) => idsIn(one).length > 0)) {
      const nobodys = await ask(operation, { ...pathValuesOf(estate, operation), id: NOBODYS }, estate.member);
      if (![403, 404].includes(nobodys.status)) findings.push(`${operation.name}: ${nobodys.status} ${nobodys.text}`);
      if (operation.method !== 'GET') continue;
      const own = await ask(operation, pathValuesOf(estate, operation), estate.member);
      // What an administrator's role alone opens, it closes for every id alike.
      if (nobodys.status === 403 && own.status !== 403)
        findings.push(`${operation.name}: ${own.status} for its id alone`);
      if (![200, 403, 404, 409].includes(own.status)) findings.push(`${operation.name}: ${own.status} ${own.text}`);
    }
    expect(findings).toEqual([]);
  });
});

/** Parameters of the path that name a row. */
function idsIn({ parameters }: Operation): string[] {
  return parameters.filter(({ in: place, name }) => place === 'path' && !(name in NOT_IDS)).map(({ name }) => name);
}

/** Fields of the query and of the body that name a row. */
function namesIn({ parameters, body }: Operation): string[] {
  const isName = (name: string, schema?: Schema) =>
    !NAMES_NOTHING.has(name) && (schema?.format === 'uuid' || /_id$|[a-z]Id$/.test(name));
  const queried = parameters.filter(({ in: place, name, schema }) => place === 'query' && isName(name, schema));
  const fields = Object.entries(body ? (api.resolve(body).properties ?? {}) : {});
  return [
    ...queried.map(({ name }) => name),
    ...fields.filter(([name, schema]) => isName(name, schema)).map(([name]) => name),
  ];
}

/** What a stranger does to themselves: it would only take the stranger out of the test. */
function isOfTheirOwn({ path }: Operation): boolean {
  return ['/api/auth/logout', '/api/auth/password', '/api/auth/register'].includes(path);
}

/** What the document's example asks, of these ids. */
function ask(operation: Operation, own: PathValues, person: Person | null, named: PathValues = {}): Promise<Answer> {
  requests += 1;
  const request = exampleRequest(operation, api, { ...own, ...(operation.method === 'GET' ? {} : named) });
  const queried = operation.parameters.filter(({ in: place, name }) => place === 'query' && name in named);
  const query = queried.map(({ name }) => `${name}=${named[name]}`).join('&');
  const path = query === '' ? request.path : `${request.path}${request.path.includes('?') ? '&' : '?'}${query}`;
  const inBody = Object.entries(named).filter(([name]) => operation.body && !queried.some((one) => one.name === name));
  return app.http(request.method, path, {
    ...(person && { token: person.token }),
    ...(request.body !== undefined && { body: { ...(request.body as object), ...Object.fromEntries(inBody) } }),
  });
}

/** An answer without what differs from one request to the next. */
function told({ status, text }: Answer): string {
  return `${status} ${text.replaceAll(/"(request_id|authUrl|state|run_id|access_token|refresh_token)":"[^"]*"/g, '')}`;
}

function leaksIn({ name }: Operation, { text }: Answer): string[] {
  const shown = [...text.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)].map(([id]) => id);
  const leaks = [...shown.filter((id) => ids.has(id)), ...(text.includes(CANARY) ? [CANARY] : [])];
  return leaks.map((leak) => `${name} shows ${leak}`);
}

async function tablesOfOrganizations(column: string): Promise<string[]> {
  const rows = await app.database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND column_name IN ('organization_id', $1)
     GROUP BY 1 HAVING count(*) = $2 ORDER BY 1`,
    [column, column === 'organization_id' ? 1 : 2],
  );
  return rows.map(({ name }) => name);
}

async function idsOfEstate(): Promise<Set<string>> {
  const found = new Set<string>([estate.owner.organizationId]);
  for (const table of await tablesOfOrganizations('id')) {
    const rows = await app.database.query<{ id: string }>(`SELECT id::text FROM ${table} WHERE organization_id = $1`, [
      estate.owner.organizationId,
    ]);
    for (const { id } of rows) found.add(id);
  }
  return found;
}

/** Of all rows of the estate, table by table; how often a key was used is written down some time after its use. */
async function fingerprint(): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const table of await tablesOfOrganizations('organization_id')) {
    const [row] = await app.database.query<{ print: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(row::text, '|' ORDER BY row::text)), '') AS print
       FROM (SELECT to_jsonb(t) - 'uses' AS row FROM ${table} t WHERE organization_id = $1) AS rows`,
      [estate.owner.organizationId],
    );
    prints[table] = row!.print;
  }
  return prints;
}
