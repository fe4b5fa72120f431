import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, demand, type Person, type RequestOptions, startApp, type TestApp } from '../support/app.js';

const API_LIMIT = 100 * 1024;
const UUID = '01990000-0000-7000-8000-000000000000';
const JSON_TYPE = { 'content-type': 'application/json' };

let app: TestApp;
let owner: Person;
/** Of theirs, for the routes that need one. */
let prospectId: string;

beforeAll(async () => {
  app = await startApp();
  owner = await app.registerConnected();
  const body = { firstname: 'Ada', email: 'ada@example.test' };
  prospectId = demand(201, await app.http('POST', '/api/prospects', { token: owner.token, body })).body.id;
});

afterAll(async () => {
  // Whatever was sent: nothing of it may have surprised the server. A machine so busy that PostgreSQL does not answer in time
  // is not its doing.
  const failures = app.log.filter(({ level, error }) => level === 'error' && error !== 'StorageUnreachable');
  await app.close();
  expect(failures).toEqual([]);
});

describe('a body that is not one JSON object', () => {
  const routes: [method: string, path: () => string][] = [
    ['POST', () => '/api/auth/register'],
    ['POST', () => '/api/auth/login'],
    ['POST', () => '/api/auth/refresh'],
    ['PATCH', () => '/api/organization'],
    ['PATCH', () => `/api/organization/members/${owner.userId}`],
    ['POST', () => '/api/prospects'],
    ['PATCH', () => `/api/prospects/${prospectId}`],
    ['PUT', () => `/api/prospects/${prospectId}`],
    ['PATCH', () => '/api/calendly/settings'],
    ['POST', () => '/auth/calendly/callback'],
  ];
  const bodies: [what: string, raw: string | Buffer][] = [
    ['cut off', '{"firstname":"Ad'],
    ['no JSON', 'firstname=Ada'],
    ['with a comma too many', '{"firstname":"Ada",}'],
    ['with single quotes', "{'firstname':'Ada'}"],
    ['with NaN', '{"firstname":NaN}'],
    ['two objects', '{"firstname":"Ada"}{"firstname":"Bo"}'],
    ['only spaces', '   '],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['UTF-16', Buffer.from('{"firstname":"Ada"}', 'utf16le')],
    ['a list', '[{"firstname":"Ada"}]'],
    ['a text', '"Ada"'],
    ['a number', '42'],
    ['true', 'true'],
    ['null', 'null'],
    ['with a NUL', String.raw`{"firstname":"A\u0000da"}`],
    ['with a NUL in a name', String.raw`{"first\u0000name":"Ada"}`],
    ['with half a character', String.raw`{"firstname":"A\ud800da"}`],
    ['with the other half', String.raw`{"firstname":"A\udc00da"}`],
    ['with a prototype', '{"__proto__":{"role":"owner"},"firstname":"Ada"}'],
    ['with a prototype further in', '{"firstname":{"constructor":{"prototype":{"role":"owner"}}}}'],
    ['as deep as a well', `${'{"a":'.repeat(500)}1${'}'.repeat(500)}`],
    ['as deep as a well of lists', `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    ['as broad as a river', `{"a":[${Array(6_000).fill(1).join(',')}]}`],
  ];

  describe.each(bodies)('%s', (_what, raw) => {
    it.each(routes)('is refused by %s %#', async (method, path) => {
      await refuses(method, path(), { raw, headers: JSON_TYPE }, 400, 'request/body-malformed');
    });
  });

  it.each(routes)('is refused by %s %# when it is longer than 100 kB, whatever it says', async (method, path) => {
    const raw = `{"firstname":"Ada"}${' '.repeat(API_LIMIT)}`;
    const tooLong = { raw: raw.slice(0, API_LIMIT + 1), headers: JSON_TYPE };
    await refuses(method, path(), tooLong, 413, 'request/body-too-large');
    const farTooLong = { raw: 'x'.repeat(3 * API_LIMIT), headers: JSON_TYPE };
    await refuses(method, path(), farTooLong, 413, 'request/body-too-large');
  });

  const mediaTypes = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/vnd.api+json',
    'application/json; charset=utf-16',
    'application/json; charset=iso-8859-1',
    'nonsense',
  ];

  it.each(mediaTypes)('is refused as %s', async (mediaType) => {
    const headers = { 'content-type': mediaType };
    for (const [method, path] of routes) {
      const sent = { raw: '{"firstname":"Ada"}', headers };
      await refuses(method, path(), sent, 415, 'request/media-type-unsupported');
    }
  });

  it('is refused without any type', async () => {
    await refuses('POST', '/api/prospects', { raw: '{"firstname":"Ada"}' }, 415, 'request/media-type-unsupported');
  });

  it('is taken at 100 kB exactly, as UTF-8 by whatever spelling, and with a byte order mark', async () => {
    const { token } = owner;
    const exactly = '{"firstname":"Plein"}'.padEnd(API_LIMIT, ' ');
    expect(await app.http('POST', '/api/prospects', { token, raw: exactly, headers: JSON_TYPE })).toMatchObject({
      status: 201,
      body: { firstname: 'Plein' },
    });
    for (const charset of ['utf-8', 'UTF-8', '"utf-8"']) {
      const headers = { 'content-type': `application/json; charset=${charset}` };
      const sent = { token, raw: `\uFEFF{"firstname":"Zoé ${charset.length} 🎈"}`, headers };
      expect(await app.http('POST', '/api/prospects', sent)).toMatchObject({ status: 201 });
    }
  });
});

describe('a field that is wrong', () => {
  const prospects: [what: string, body: Record<string, unknown>, pointer: string][] = [
    ['unknown', { firstname: 'Ada', age: 3 }, '/age'],
    ['ours alone to set', { firstname: 'Ada', id: UUID }, '/id'],
    ['of another organization', { firstname: 'Ada', organization_id: UUID }, '/organization_id'],
    ['a number for a text', { firstname: 5 }, '/firstname'],
    ['an object for a text', { firstname: { toString: 'x' } }, '/firstname'],
    ['a list for a text', { firstname: ['Ada'] }, '/firstname'],
    ['true for a text', { lastname: true }, '/lastname'],
    ['too long a name', { firstname: 'x'.repeat(201) }, '/firstname'],
    ['a name with a line break', { firstname: 'Ada\nByron' }, '/firstname'],
    ['a name with a bell', { firstname: 'Ada\u0007' }, '/firstname'],
    ['no address', { email: 'not-an-address' }, '/email'],
    ['two addresses', { email: 'a@example.test, b@example.test' }, '/email'],
    ['an address with a name', { email: '"Ada" <ada@example.test>' }, '/email'],
    ['an address with a header in it', { email: 'ada@example.test\r\nBcc: all@example.test' }, '/email'],
    ['too long an address', { email: `${'a'.repeat(250)}@example.test` }, '/email'],
    ['a list of addresses', { email: ['ada@example.test'] }, '/email'],
    ['too long a number', { firstname: 'Ada', phone: '1'.repeat(41) }, '/phone'],
    ['no status', { firstname: 'Ada', status: '' }, '/status'],
    ['null for a status', { firstname: 'Ada', status: null }, '/status'],
    ['too long a source', { firstname: 'Ada', source: 's'.repeat(41) }, '/source'],
    ['too long a note', { firstname: 'Ada', notes: 'n'.repeat(20_001) }, '/notes'],
    ['a number for a note', { firstname: 'Ada', notes: 1 }, '/notes'],
  ];

  it.each(prospects)('is named: a prospect with %s', async (_what, body, pointer) => {
    for (const [method, path] of [
      ['POST', '/api/prospects'],
      ['PATCH', `/api/prospects/${prospectId}`],
      ['PUT', `/api/prospects/${prospectId}`],
    ] as const) {
      const { errors } = await refuses(method, path, { body }, 400, 'request/invalid');
      expect(errors).toEqual([{ pointer, message: expect.any(String) }]);
    }
  });

  it('is named with all the others at once', async () => {
    const body = { firstname: 5, email: 'x', age: 3 };
    const { errors } = await refuses('POST', '/api/prospects', { body }, 400, 'request/invalid');
    expect(errors.map(({ pointer }: { pointer: string }) => pointer).toSorted()).toEqual([
      '/age',
      '/email',
      '/firstname',
    ]);
  });

  it('is nobody: a prospect has something to be recognised by', async () => {
    for (const body of [{}, { firstname: '', email: '', phone: ' ' }, { notes: 'Quelqu’un' }]) {
      await refuses('POST', '/api/prospects', { body }, 400, 'prospect/unrecognisable');
    }
  });

  const settings: [what: string, body: Record<string, unknown>][] = [
    ['too short an interval', { sync_interval_minutes: 4 }],
    ['too long an interval', { sync_interval_minutes: 1_441 }],
    ['an interval of no whole minutes', { sync_interval_minutes: 7.5 }],
    ['an interval in words', { sync_interval_minutes: '30' }],
    ['no interval', { sync_interval_minutes: null }],
    ['a switch in words', { enabled: 'true' }],
    ['a switch of neither kind', { auto_sync_enabled: null }],
    ['a link that runs', { calendly_link: 'javascript:alert(1)' }],
    ['a link that leads nowhere', { calendly_link: 'calendly.com/nora' }],
    ['days that are not offered', { import_days: 31 }],
    ['a token', { access_token: 'x' }],
    ['somebody else’s account', { oauth_email: 'x@example.test' }],
  ];

  it.each(settings)('is refused in the settings: %s', async (_what, body) => {
    await refuses('PATCH', '/api/calendly/settings', { body }, 400, 'request/invalid');
  });

  const callbacks: [what: string, body: Record<string, unknown>][] = [
    ['a code that is a list', { code: ['a'], state: 'b' }],
    ['a code that is an object', { code: { $ne: null }, state: 'b' }],
    ['a state that is a number', { code: 'a', state: 7 }],
    ['too long a state', { code: 'a', state: 's'.repeat(129) }],
    ['too long a code', { code: 'c'.repeat(2_049), state: 's' }],
    ['an unknown field', { code: 'a', state: 'b', admin: true }],
    ['a redirect that is a list', { code: 'a', state: 'b', redirectUri: ['https://crm.example'] }],
    ['an organization that is an object', { code: 'a', state: 'b', organizationId: {} }],
  ];

  it.each(callbacks)('is refused in the callback: %s', async (_what, body) => {
    await refuses('POST', '/auth/calendly/callback', { body }, 400, 'request/invalid');
  });

  const registrations: [what: string, change: Record<string, unknown>][] = [
    ['no password', { password: undefined }],
    ['a short password', { password: 'court' }],
    ['a password without end', { password: 'x'.repeat(5_000) }],
    ['a password that is no text', { password: 12345678901234 }],
    ['no address', { email: 'nobody' }],
    ['no name', { name: ' ' }],
    ['no organization', { organization_name: '' }],
    ['a role of one’s own', { role: 'owner' }],
  ];

  it.each(registrations)('is refused at registration: %s', async (_what, change) => {
    const account = {
      organization_name: 'Atelier',
      name: 'Camille',
      email: 'camille.refused@atelier.example',
      password: 'quatre mots pris au hasard',
    };
    await refuses('POST', '/api/auth/register', { body: { ...account, ...change } }, 400, 'request/invalid');
  });

  it('is never a wish for another organization', async () => {
    const stranger = await app.registerOrganization();
    for (const [method, path] of [
      ['GET', `/api/prospects/${prospectId}`],
      ['PATCH', `/api/prospects/${prospectId}`],
      ['DELETE', `/api/prospects/${prospectId}`],
    ] as const) {
      const body = method === 'PATCH' ? { firstname: 'Vol' } : undefined;
      const answer = await app.http(method, path, { token: stranger.token, body });
      expect(answer).toMatchObject({ status: 404, body: { code: 'prospect/not-found' } });
    }
  });
});

describe('an id that is none', () => {
  const routes: [method: string, path: (id: string) => string][] = [
    ['GET', (id) => `/api/prospects/${id}`],
    ['PATCH', (id) => `/api/prospects/${id}`],
    ['PUT', (id) => `/api/prospects/${id}`],
    ['DELETE', (id) => `/api/prospects/${id}`],
    ['GET', (id) => `/prospects/${id}`],
    ['POST', (id) => `/api/notifications/${id}/read`],
    ['GET', (id) => `/api/sync-runs/${id}`],
    ['POST', (id) => `/api/deliveries/${id}/replay`],
    ['POST', (id) => `/api/dead-letters/${id}/replay`],
    ['POST', (id) => `/api/dead-letters/${id}/discard`],
    ['DELETE', (id) => `/api/organization/members/${id}`],
  ];
  const ids = [
    '1',
    '0',
    '-1',
    'null',
    'undefined',
    'me',
    `${UUID}x`,
    UUID.slice(1),
    UUID.replaceAll('-', ''),
    '%00',
    '%F0%9F%8E%88',
    "1'%20OR%20'1'='1",
    '%7B%7D',
    'x'.repeat(500),
  ];

  it.each(ids)('is refused: %s', async (id) => {
    for (const [method, path] of routes) {
      const body = method === 'PATCH' || method === 'PUT' ? { firstname: 'Ada' } : undefined;
      await refuses(method, path(id), { body }, 400, 'request/invalid');
    }
  });

  it('is refused when it is not even an address', async () => {
    for (const [method, path] of routes) {
      const answer = await app.http(method, path('%E0%A4%A'), { token: owner.token });
      expect([answer.status, answer.headers['content-type']]).toEqual([400, 'application/problem+json; charset=utf-8']);
    }
  });

  it('is 404 when nobody has it', async () => {
    const codes = ['prospect', 'prospect', 'prospect', 'prospect', 'prospect', 'notification', 'sync-run', 'delivery'];
    for (const [index, code] of codes.entries()) {
      const [method, path] = routes[index]!;
      const body = method === 'PATCH' || method === 'PUT' ? { firstname: 'Ada' } : undefined;
      await refuses(method, path(UUID), { body }, 404, `${code}/not-found`);
    }
  });
});

describe('a list that is asked for wrongly', () => {
  const lists = [
    '/api/prospects',
    '/api/notifications',
    '/api/calendly/events',
    '/api/sync-runs',
    '/api/deliveries',
    '/api/dead-letters',
    '/api/organization/members',
  ];
  const limits = [
    '-1',
    '0',
    '201',
    '1e9',
    '1000000000',
    '1.5',
    'NaN',
    'Infinity',
    '0x10',
    '',
    '%205',
    'ten',
    '1&limit=2',
    '[]=5',
  ];

  it.each(limits)('is refused with limit=%s', async (limit) => {
    for (const list of lists) await refuses('GET', `${list}?limit=${limit}`, {}, 400, 'request/invalid');
  });

  it('is answered up to its bounds', async () => {
    for (const list of lists) {
      for (const limit of [1, 200]) {
        const { body } = demand(200, await app.http('GET', `${list}?limit=${limit}`, { token: owner.token }));
        expect(body.length).toBeLessThanOrEqual(limit);
      }
    }
  });

  const cursors: [what: string, cursor: string][] = [
    ['made up', 'nonsense'],
    ['empty', ''],
    ['no base64', '%00%00'],
    ['JSON of another kind', pack({ id: UUID })],
    ['an empty list', pack([])],
    ['numbers', pack([1, 2])],
    ['too much', pack(['2026-01-01 00:00:00+00', UUID, UUID])],
    ['no id', pack(['2026-01-01 00:00:00+00', 'x'])],
    ['no id alone', pack(['x'])],
    ['a day that never was', pack(['2026-02-30 00:00:00+00', UUID])],
    ['an hour that never was', pack(['2026-01-01 24:30:00+00', UUID])],
    ['a zone that never was', pack(['2026-01-01 00:00:00+99', UUID])],
    ['the year 0', pack(['0000-01-01 00:00:00+00', UUID])],
    ['the end of time', pack(['275760-09-13 00:00:00+00', UUID])],
    ['a sentence', pack(["2026-01-01' OR 'a'='a", UUID])],
    ['very long', 'A'.repeat(501)],
  ];

  it.each(cursors)('is refused with a cursor that is %s', async (_what, cursor) => {
    for (const list of lists) {
      const answer = await refused('GET', `${list}?cursor=${cursor}`, {}, 400);
      expect(['request/cursor-invalid', 'request/invalid']).toContain(answer.code);
    }
  });

  it('is refused with the cursor of another list, or with two', async () => {
    const { token } = owner;
    const { headers } = demand(200, await app.http('GET', '/api/calendly/events?limit=1', { token }));
    const [, cursor] = /cursor=([\w-]+)/.exec(String(headers.link))!;
    expect(await app.http('GET', `/api/calendly/events?cursor=${cursor}`, { token })).toMatchObject({ status: 200 });
    await refuses('GET', `/api/sync-runs?cursor=${cursor}`, {}, 400, 'request/cursor-invalid');
    await refuses('GET', `/api/calendly/events?cursor=${cursor}&cursor=${cursor}`, {}, 400, 'request/invalid');
  });

  const filters: [path: string][] = [
    ['/api/calendly/events?from=yesterday'],
    ['/api/calendly/events?from=2026-13-45'],
    ['/api/calendly/events?to=99999999-01-01'],
    ['/api/calendly/events?to=-271821-04-20T00:00:00Z'],
    ['/api/calendly/events?from='],
    ['/api/calendly/events?from=2026-01-01&from=2026-02-01'],
    ['/api/calendly/events?status=sleeping'],
    ['/api/calendly/events?status=active&status=canceled'],
    ['/api/calendly/events?invitee_email=%00'],
    ['/api/calendly/events?invitee_email[]=a@example.test'],
    [`/api/calendly/events?invitee_email=${'a'.repeat(255)}`],
    ['/api/calendly/events?organization_id=1'],
    ['/api/prospects?search=%00'],
    [`/api/prospects?search=${'s'.repeat(101)}`],
    ['/api/prospects?search=a&search=b'],
    ['/api/prospects?source[x]=calendly'],
    ['/api/prospects?sort=email'],
    ['/api/notifications?after=1'],
    ['/api/notifications?unread=maybe'],
    ['/api/notifications?unread=true&unread=false'],
    ['/api/deliveries?state=lost'],
    ['/api/deliveries?provider=%0A'],
  ];

  it.each(filters)('is refused: %s', async (path) => {
    await refuses('GET', path, {}, 400, 'request/invalid');
  });

  it.each(['%', '_', '\\', '%25', "'", '"', '$1', '😀', 'é', '--', ';'])(
    'takes %s in a search for nothing but itself',
    async (text) => {
      const path = `/api/prospects?search=${encodeURIComponent(text)}zzz`;
      expect((await app.http('GET', path, { token: owner.token })).body).toEqual([]);
    },
  );
});

describe('a request of the wrong kind', () => {
  it.each([
    ['DELETE', '/api/prospects', 'GET, HEAD, POST'],
    ['PUT', '/api/calendly/settings', 'PATCH'],
    ['GET', '/api/calendly/sync', 'POST'],
    ['GET', '/calendly/disconnect', 'POST'],
    ['POST', '/api/calendly/status', 'GET, HEAD'],
    ['GET', '/api/calendly/webhook', 'POST'],
  ])('%s %s is told which ones there are', async (method, path, allow) => {
    const answer = await app.http(method, path, { token: owner.token });
    expect(answer).toMatchObject({ status: 405, body: { code: 'request/method-not-allowed', success: false } });
    expect(answer.headers.allow).toBe(allow);
  });

  it.each(['/api', '/api/', '/api/nothing', '/api/calendly', '/.env', '/.git/config', '/wp-login.php', '/api/../.env'])(
    '%s is nothing here',
    async (path) => {
      expect(await app.http('GET', path, { token: owner.token })).toMatchObject({
        status: 404,
        body: { code: 'request/not-found', success: false },
      });
    },
  );
});

describe('the words of a refusal', () => {
  it.each([
    [undefined, 'Prospect introuvable'],
    ['fr-FR,fr;q=0.9,en;q=0.8', 'Prospect introuvable'],
    ['de-DE,de', 'Prospect introuvable'],
    ['*', 'Prospect introuvable'],
    ['en', 'Prospect not found'],
    ['en-US,en;q=0.9', 'Prospect not found'],
    ['de;q=0.9,en;q=0.5,fr;q=0.4', 'Prospect not found'],
    ['en;q=0,fr', 'Prospect introuvable'],
    [';;;,,,q=;en;q=x', 'Prospect introuvable'],
  ])('for Accept-Language %s', async (language, title) => {
    const headers: Record<string, string> = language === undefined ? {} : { 'accept-language': language };
    const { body } = await app.http('GET', `/api/prospects/${UUID}`, { token: owner.token, headers });
    expect(body).toMatchObject({ title, message: title, code: 'prospect/not-found' });
  });
});

/** Refused with this code, in the agreed form, in both languages, and with nothing stored. */
async function refuses(method: string, path: string, sent: RequestOptions, status: number, code: string) {
  const problem = await refused(method, path, sent, status);
  expect([method, path, problem.code]).toEqual([method, path, code]);
  return problem;
}

async function refused(method: string, path: string, sent: RequestOptions, status: number) {
  const before = await stored();
  const french = await app.http(method, path, { token: owner.token, ...sent });
  const headers = { ...sent.headers, 'accept-language': 'en' };
  const english = await app.http(method, path, { token: owner.token, ...sent, headers });
  for (const answer of [french, english]) {
    expect([method, path, answer.status, answer.body?.code]).toEqual([method, path, status, expect.any(String)]);
    isProblem(answer, status);
  }
  expect(english.body.code).toBe(french.body.code);
  expect(english.body.title).not.toBe(french.body.title);
  expect(await stored()).toEqual(before);
  return french.body;
}

function isProblem({ body, headers }: Answer, status: number): void {
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const { detail, errors, ...rest } = body;
  expect(rest).toEqual({
    type: `urn:passerelle:problem:${body.code}`,
    title: expect.stringMatching(/\S/),
    status,
    code: expect.stringMatching(/^[a-z-]+\/[a-z-]+$/),
    request_id: headers['x-request-id'],
    success: false,
    message: detail ?? body.title,
  });
  expect(['undefined', 'string']).toContain(typeof detail);
  expect(errors === undefined || Array.isArray(errors)).toBe(true);
}

/** How much there is of everything. */
async function stored() {
  const [row] = await app.database.query(`SELECT
    (SELECT count(*) FROM prospects) AS prospects, (SELECT max(updated_at) FROM prospects) AS prospect_changed,
    (SELECT count(*) FROM prospect_notes) AS notes, (SELECT count(*) FROM organizations) AS organizations,
    (SELECT max(updated_at) FROM organizations) AS organization_changed, (SELECT count(*) FROM users) AS users,
    (SELECT count(*) FROM integrations) AS integrations, (SELECT count(*) FROM oauth_transactions) AS transactions,
    (SELECT count(*) FROM deliveries) AS deliveries, (SELECT count(*) FROM notifications) AS notifications`);
  return row;
}

function pack(parts: unknown): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}
