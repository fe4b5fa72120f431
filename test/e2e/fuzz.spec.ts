import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ApiDescription, type Operation } from '../fuzz/api-description.js';
import { type Estate, furnishEstate, pathValuesOf } from '../fuzz/estate.js';
import { judge } from '../fuzz/judge.js';
import { brokenRequests, exampleRequest, fittingRequests, type FuzzRequest } from '../fuzz/requests.js';
import { FUZZ } from '../fuzz/settings.js';
import { type Answer, demand } from '../support/app.js';
import { startWholeApp, type WholeApp } from '../support/whole-app.js';

const PATIENCE_MS = 120_000 + FUZZ.runs * 15_000;
const JSON_TYPE = { 'content-type': 'application/json' };

let app: WholeApp;
let estate: Estate;
let api: ApiDescription;
let token: string;
let passwordHash: unknown;

beforeAll(async () => {
  app = await startWholeApp();
  estate = await furnishEstate(app);
  token = estate.owner.token;
  [{ passwordHash }] = (await app.database.query('SELECT password_hash AS "passwordHash" FROM users WHERE id = $1', [
    estate.owner.userId,
  ])) as [{ passwordHash: unknown }];
  api = new ApiDescription(demand(200, await app.http('GET', '/openapi.json')).body);
}, 120_000);

afterAll(async () => {
  // Of a failed return the log says so as of a failure, whoever made it up.
  const failures = app.log.filter(({ level }) => level === 'error');
  await app.close();
  // Whatever was sent: nothing of it may have surprised the server, or changed what all objects are made of.
  expect(failures).toEqual([]);
  expect([Object.keys(Object.prototype), ({} as { role?: string }).role]).toEqual([[], undefined]);
});

describe('every route', () => {
  it(
    'answers as its document says, whatever fits it and whatever does not',
    async () => {
      const findings: string[] = [];
      const unreached: string[] = [];
      let sent = 0;
      for (const operation of endingsLast(api.operations)) {
        const own = pathValuesOf(estate, operation);
        const example = exampleRequest(operation, api, { ...own, ...estate.byName });
        let reached = false;
        const answersWell = async (request: FuzzRequest): Promise<void> => {
          sent += 1;
          const answer = await send(request);
          reached ||= answer.status < 400;
          const faults = judge(api, operation, request, answer);
          if (faults.length > 0) throw new Error(`${faults.join('; ')}: ${answer.text.slice(0, 300)}`);
        };
        await keepGoing();
        for (const [kind, requests] of [
          ['fitting', fittingRequests(operation, api, own)],
          ['broken', brokenRequests(operation, api, own)],
        ] as const) {
          const found = await fc.check(fc.asyncProperty(requests, answersWell), {
            numRuns: FUZZ.runs,
            seed: FUZZ.seed,
            examples: kind === 'fitting' ? [[example]] : [],
          });
          if (found.failed) findings.push(tell(operation, kind, found));
        }
        if (!reached) unreached.push(operation.name);
      }
      process.stdout.write(
        `fuzz: ${sent} requests to ${api.operations.length} routes, seed ${FUZZ.seed}, findings ${findings.length}; ` +
          `never beyond a refusal: ${unreached.join(', ') || 'none'}\n`,
      );
      expect(findings).toEqual([]);
      // Who never gets in finds nothing: of ten routes, eight at least have to have done what they are for.
      expect(unreached.length).toBeLessThan(api.operations.length / 5);
    },
    PATIENCE_MS,
  );

  it('asks for a session before anything else, and takes none but a good one', async () => {
    const [header = '', payload = '', signature = ''] = token.split('.');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    const refused: Record<string, string>[] = [
      {},
      { authorization: '' },
      { authorization: 'Bearer' },
      { authorization: 'Bearer null' },
      { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` },
      { authorization: `Bearer ${unsigned}.${payload}.` },
      { authorization: `Bearer ${header}.${payload}.${signature.split('').reverse().join('')}` },
      { authorization: `Bearer ${token}x` },
      { cookie: `access_token=${token}` },
    ];
    const findings: string[] = [];
    for (const operation of api.operations.filter(({ isPublic }) => !isPublic)) {
      const request = exampleRequest(operation, api, pathValuesOf(estate, operation));
      const joint = request.path.includes('?') ? '&' : '?';
      for (const headers of refused) {
        const path = `${request.path}${joint}access_token=${token}&token=${token}`;
        const answer = await send({ ...request, path, headers }, null);
        const faults = judge(api, operation, { ...request, body: undefined }, answer);
        if (![401, 403].includes(answer.status)) faults.push(`${answer.status} without a session`);
        if (faults.length > 0) findings.push(`${operation.name} ${JSON.stringify(headers)}: ${faults.join('; ')}`);
      }
    }
    expect(findings).toEqual([]);
  }, 120_000);

  it('answers other methods than its own with 405 and the list of its own', async () => {
    const findings: string[] = [];
    for (const path of api.paths) {
      const allowed = api.methodsOf(path);
      const address = path.replaceAll(/\{\w+\}/g, crypto.randomUUID());
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'LOCK']) {
        // "/api/deliveries/replay" may also be read as "/api/deliveries/{id}".
        if (api.methodsOfAddress(address).includes(method)) continue;
        const answer = await app.http(method, address, { token });
        const told = String(answer.headers.allow).split(', ');
        const isTold = allowed.every((one) => told.includes(one)) && !told.includes(method);
        const code = method === 'HEAD' ? undefined : 'request/method-not-allowed';
        if (answer.status !== 405 || !isTold || answer.body?.code !== code) {
          findings.push(`${method} ${path}: ${answer.status}, allow ${answer.headers.allow}`);
        }
      }
    }
    expect(findings).toEqual([]);
  }, 120_000);

  it('answers HEAD like GET, without a body', async () => {
    const findings: string[] = [];
    for (const operation of api.operations.filter(({ method }) => method === 'GET')) {
      const request = exampleRequest(operation, api, pathValuesOf(estate, operation));
      const [get, head] = [await send(request), await send({ ...request, method: 'HEAD' })];
      if (head.status !== get.status || head.text !== '')
        findings.push(`${operation.name}: ${get.status}, ${head.status}`);
    }
    expect(findings).toEqual([]);
  }, 60_000);
});

describe('every route that reads JSON', () => {
  const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
  const unreadable: [what: string, raw: string | Buffer, headers: Record<string, string>, code: string][] = [
    ['cut off', '{"a":"b', JSON_TYPE, 'request/body-malformed'],
    ['a list', '[{}]', JSON_TYPE, 'request/body-malformed'],
    ['null', 'null', JSON_TYPE, 'request/body-malformed'],
    ['not UTF-8', Buffer.from('7b2261223a22ff227d', 'hex'), JSON_TYPE, 'request/body-malformed'],
    ['an overlong slash', Buffer.from('7b2261223a22c0af227d', 'hex'), JSON_TYPE, 'request/body-malformed'],
    ['UTF-16', Buffer.from('{"a":1}', 'utf16le'), JSON_TYPE, 'request/body-malformed'],
    ['a NUL', String.raw`{"a":"\u0000"}`, JSON_TYPE, 'request/body-malformed'],
    ['half a character', String.raw`{"a":"\ud83d"}`, JSON_TYPE, 'request/body-malformed'],
    ['half a character in a name', String.raw`{"\udc00":"a"}`, JSON_TYPE, 'request/body-malformed'],
    ['a name twice', '{"role":"member","role":"owner"}', JSON_TYPE, 'request/body-malformed'],
    ['__proto__', '{"__proto__":{"role":"owner"}}', JSON_TYPE, 'request/body-malformed'],
    ['constructor', '{"a":{"constructor":{"prototype":{"role":"owner"}}}}', JSON_TYPE, 'request/body-malformed'],
    ['depth', deep, JSON_TYPE, 'request/body-malformed'],
    ['breadth', `{"a":[${Array(20_000).fill('0').join()}]}`, JSON_TYPE, 'request/body-malformed'],
    ['length', `{"a":"${'x'.repeat(100 * 1024)}"}`, JSON_TYPE, 'request/body-too-large'],
    ['far too much', `{"a":"${'x'.repeat(300 * 1024)}"}`, JSON_TYPE, 'request/body-too-large'],
    ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 'request/media-type-unsupported'],
    ['text', '{"a":1}', { 'content-type': 'text/plain' }, 'request/media-type-unsupported'],
    ['no type', '{"a":1}', {}, 'request/media-type-unsupported'],
    ['UTF-7', '{"a":1}', { 'content-type': 'application/json; charset=utf-7' }, 'request/media-type-unsupported'],
  ];

  it.each(unreadable)('refuses %s', async (_what, raw, headers, code) => {
    const findings: string[] = [];
    const before = await app.database.query(
      'SELECT (SELECT count(*) FROM prospects) AS prospects, (SELECT count(*) FROM users) AS users',
    );
    for (const operation of api.operations.filter((one) => one.body && api.resolve(one.body).properties)) {
      const { method, path } = exampleRequest(operation, api, pathValuesOf(estate, operation));
      const answer = await app.http(method, path, { token, raw, headers });
      if (answer.body?.code !== code) findings.push(`${operation.name}: ${answer.status} ${answer.text.slice(0, 100)}`);
    }
    expect(findings).toEqual([]);
    const after = await app.database.query(
      'SELECT (SELECT count(*) FROM prospects) AS prospects, (SELECT count(*) FROM users) AS users',
    );
    expect(after).toEqual(before);
  });
});

describe('an address that nobody has', () => {
  it.each([
    '/api/nothing',
    '/api/prospects/',
    '/api/prospects/x/y/z',
    '/API/prospects',
    '/api//prospects',
    '/api/./prospects',
    '/api/prospects/../auth/me',
    '/api/prospects;jsessionid=1',
    '/api/prospects%2f',
    '/api/prospects%3Flimit=1',
    '/api/%70rospectz',
    '/__proto__',
    '/constructor/prototype',
    '/api/auth/me%00',
  ])('is 404: %s', async (path) => {
    const answer = await app.http('GET', path, { token });
    expect([answer.status, answer.body?.code]).toEqual([404, 'request/not-found']);
  });

  it.each(['x'.repeat(513), 'x'.repeat(8_000), '%C3%A9'.repeat(600)])(
    'is 400 when an id is too long %#',
    async (id) => {
      const answer = await app.http('GET', `/api/prospects/${id}`, { token });
      expect([answer.status, answer.body?.code]).toEqual([400, 'request/address-invalid']);
    },
  );

  it('is 431 when it is longer than all headers together may be', async () => {
    const answer = await app.http('GET', `/api/prospects?search=${'x'.repeat(20_000)}`, { token });
    expect([answer.status, answer.body?.code]).toEqual([431, 'request/headers-too-large']);
  });
});

describe('what the fuzzer goes by', () => {
  const described = { name: 'POST /x', method: 'POST', path: '/x', parameters: [], isPublic: false } as const;
  const schema = { type: 'object', properties: { id: { type: 'string', format: 'uuid' } }, required: ['id'] };
  const tiny = new ApiDescription({ paths: {}, components: { schemas: {} } });
  const operation: Operation = {
    ...described,
    body: { type: 'object', properties: { name: { type: 'string', maxLength: 3 } } },
    responses: { 200: { content: { 'application/json': { schema } } }, 204: {} },
  };
  const request = { method: 'POST', path: '/x', headers: {}, body: { name: 'abc' } };
  const answer = (status: number, body: unknown, type = 'application/json'): Answer => ({
    status,
    headers: { 'content-type': type },
    text: body === undefined ? '' : JSON.stringify(body),
    body,
  });
  const ID = '01990000-0000-7000-8000-000000000000';

  it.each<[what: string, answer: Answer, body?: unknown]>([
    ['a failure', answer(500, {}, 'application/problem+json')],
    ['a status that is not documented', answer(404, { code: 'x/y' }, 'application/problem+json')],
    ['a refusal in another form', answer(400, { code: 'request/body-malformed' })],
    ['another type', answer(200, { id: ID }, 'text/html')],
    ['a body that is not as described', answer(200, { id: 7 })],
    ['a field that is not described', answer(200, { id: ID, password_hash: 'x' })],
    ['a field that is missing', answer(200, {})],
    ['a body where there is none', answer(204, { id: ID })],
    ['a stack', answer(200, { id: ID, at: 'at run (/srv/node_modules/x.js:1:2)' })],
    ['a yes to what is forbidden', answer(200, { id: ID }), { name: 'abcd' }],
    ['a yes to what is unknown', answer(200, { id: ID }), { name: 'abc', role: 'owner' }],
  ])('finds %s', (_what, given, body = request.body) => {
    expect(judge(tiny, operation, { ...request, body }, given)).not.toEqual([]);
  });

  it('has nothing against what is right', () => {
    expect(judge(tiny, operation, request, answer(200, { id: ID }))).toEqual([]);
    expect(judge(tiny, operation, request, answer(204, undefined, ''))).toEqual([]);
  });
});

/** With the owner's session unless told otherwise. */
function send({ method, path, headers, body }: FuzzRequest, session: string | null = token): Promise<Answer> {
  return app.http(method, path, {
    headers,
    ...(session !== null && { token: session }),
    ...(body !== undefined && { body }),
  });
}

/**
 * Counted attempts are forgotten, the owner has their first password, and signs in again when signed out: neither limits
 * nor endings are what is asked about here.
 */
async function keepGoing(): Promise<void> {
  await app.database.query('DELETE FROM rate_limits; DELETE FROM oauth_transactions');
  await app.database.query('UPDATE users SET password_hash = $2 WHERE id = $1', [estate.owner.userId, passwordHash]);
  const { status } = await app.http('GET', '/api/auth/me', { token });
  if (status !== 401) return;
  const credentials = { email: estate.owner.email, password: 'quatre mots pris au hasard' };
  token = demand(200, await app.http('POST', '/api/auth/login', { body: credentials })).body.access_token;
}

/** Routes after which something is gone come last, the inner before the outer. */
function endingsLast(operations: readonly Operation[]): Operation[] {
  const rank = ({ name, path }: Operation) =>
    /^DELETE|\/(disconnect|logout)$/.test(name) ? 100 - path.split('/').length : 0;
  return operations.toSorted((left, right) => rank(left) - rank(right));
}

function tell({ name }: Operation, kind: string, found: fc.RunDetails<FuzzRequest[]>): string {
  const error = found.errorInstance instanceof Error ? found.errorInstance.message : String(found.errorInstance);
  return `${name} (${kind}, seed ${found.seed}, path ${found.counterexamplePath}): ${error}\n  by ${JSON.stringify(found.counterexample?.[0]).slice(0, 600)}`;
}
