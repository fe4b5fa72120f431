import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, startApp, type TestApp } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const INDEX =
  '<!doctype html><title>Console</title><script type="module" src="/console/assets/index-Ab3_x-9Z.js"></script>';

/** A console in the shape that its build has. */
const FILES: Record<string, string> = {
  'index.html': INDEX,
  'first-paint.js': 'document.documentElement.lang = "fr";',
  'assets/index-Ab3_x-9Z.js': 'console.log("bonjour");',
  'assets/index-Ab3_x-9Z.js.map': '{"version":3}',
  'assets/index-Q0q1w2e3.css': 'body { margin: 0 }',
  '.secret': 'not to be served',
};

let parent: string;
let folder: string;
let app: TestApp;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'passerelle-console-'));
  folder = join(parent, 'dist');
  await writeFile(join(parent, 'outside.txt'), 'not to be served either');
  await build();
  app = await startApp({ sandbox: false, environment: { CONSOLE_DIR: folder } });
});

afterAll(async () => {
  await app.close();
  await rm(parent, { recursive: true });
});

const open = (path: string, from: TestApp = app) => from.http('GET', path, { headers: BROWSER });

describe('the console', () => {
  it.each([
    '/console',
    '/console/',
    '/console/prospects',
    '/console/prospects/0198f3c2?tab=notes',
    '/console/index.html',
  ])('is the page that knows all screens at %s, asked about each time', async (path) => {
    const answer = await open(path);
    expect(answer).toMatchObject({ status: 200, text: INDEX });
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-cache');
    const again = await app.http('GET', path, {
      headers: { ...BROWSER, 'if-none-match': String(answer.headers.etag) },
    });
    expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: '' });
  });

  it.each([
    ['/console/assets/index-Ab3_x-9Z.js', 'application/javascript; charset=utf-8'],
    ['/console/assets/index-Ab3_x-9Z.js.map', 'application/json; charset=utf-8'],
    ['/console/assets/index-Q0q1w2e3.css', 'text/css; charset=utf-8'],
  ])('keeps %s in the browser for good: its name changes with its content', async (path, type) => {
    const answer = await app.http('GET', path);
    expect(answer).toMatchObject({ status: 200, text: FILES[path.replace('/console/', '')] });
    expect(answer.headers['content-type']).toBe(type);
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('asks each time for a file whose name stays', async () => {
    const answer = await app.http('GET', '/console/first-paint.js');
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-cache');
  });

  it.each([
    '/console/assets/index-00000000.js',
    '/console/nothing.js',
    '/console/.secret',
    '/console/%2esecret',
    '/console/..%2foutside.txt',
    '/console/%2e%2e/outside.txt',
    '/console/..\\outside.txt',
    '/console/assets/..%2f..%2foutside.txt',
    '/console/index.html%00.js',
  ])('says 404 of what is no file of it: %s', async (path) => {
    const answer = await open(path);
    expect([path, [400, 403, 404].includes(answer.status)]).toEqual([path, true]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.headers['cache-control'] ?? '').not.toContain('immutable');
    expect(answer.text).not.toContain('not to be served');
  });

  it('answers questions and takes no orders', async () => {
    const head = await app.http('HEAD', '/console/');
    expect({ status: head.status, text: head.text }).toEqual({ status: 200, text: '' });
    expect(await app.http('POST', '/console/', { body: {} })).toMatchObject({ status: 405 });
  });

  it('may run its own scripts, talk to its own server, and nothing else', async () => {
    for (const path of ['/console/', '/console/assets/index-Ab3_x-9Z.js', '/console/nothing.js']) {
      const policy = policyOf(await open(path));
      expect(policy.get('default-src')).toBe(`'none'`);
      expect(policy.get('script-src')).toBe(`'self'`);
      expect(policy.get('connect-src')).toBe(`'self' ${app.url.replace('http:', 'ws:')}`);
      expect(policy.get('img-src')).toBe(`'self' data:`);
      expect(policy.get('frame-ancestors')).toBe(`'none'`);
      expect(policy.get('base-uri')).toBe(`'none'`);
      expect([...policy.keys()]).not.toContain('upgrade-insecure-requests');
    }
    const { headers } = await open('/console/');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  it('is where the bare address leads, and the trial page stays beside it', async () => {
    const answer = await open('/');
    expect(answer.status).toBe(302);
    expect(answer.headers.location).toBe('/console/');
    const trial = await open('/trial');
    expect(trial.status).toBe(200);
    expect(trial.text).toContain('/trial/app.js');
    expect((await app.http('GET', '/trial/app.js')).status).toBe(200);
  });

  it.each([
    ['/auth/calendly/callback', '/console/return/calendly'],
    ['/calendar/callback/google', '/console/return/google'],
    ['/calendar/callback/outlook', '/console/return/outlook'],
  ])('is where a provider’s redirect to %s leads, with all it brings and kept nowhere', async (from, to) => {
    const query = '?code=a%2Fb%20c&state=s&error=x';
    const answer = await open(from + query);
    expect(answer.status).toBe(302);
    expect(answer.headers.location).toBe(to + query);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect((await open(from)).headers.location).toBe(to);
  });

  it.each([
    ['success=true', 'success'],
    ['error=true', 'error'],
    ['success=//evil.example', 'error'],
  ])('is where linking a calendar at Cal.com ends: %s', async (query, outcome) => {
    const answer = await open(`/dashboard/settings?tab=integrations&${query}`);
    expect([answer.status, answer.headers.location]).toEqual([302, `/console/return/cal-com?outcome=${outcome}`]);
  });

  it.each(['/calendar/callback/..', '/calendar/callback/%2F%2Fevil.example', '/calendar/callback/A:b'])(
    'is led to by nothing else: %s',
    async (path) => {
      expect((await open(path)).status).toBe(404);
    },
  );

  it('that is not built says how to build it, and is there as soon as it is', async () => {
    await rm(folder, { recursive: true });
    for (const [language, words] of [
      ['fr', 'La console n’est pas construite'],
      ['en', 'The console is not built'],
    ] as const) {
      const answer = await app.http('GET', '/console/prospects', {
        headers: { ...BROWSER, 'accept-language': language },
      });
      expect(answer.status).toBe(404);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.text).toContain(`<html lang="${language}">`);
      expect(answer.text).toContain(words);
      expect(answer.text).toContain('npm run build --workspace console');
    }
    expect(await open('/console/assets/index-Ab3_x-9Z.js')).toMatchObject({
      status: 404,
      body: { code: 'request/not-found' },
    });
    expect(await open('/')).toMatchObject({ status: 200, text: expect.stringContaining('/trial/app.js') });
    expect((await open('/calendar/callback/google?code=c')).status).toBe(404);
    await build();
    expect(await open('/console/')).toMatchObject({ status: 200, text: INDEX });
  });
});

describe('in production', () => {
  let database: TestDatabase;
  let production: TestApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    production = await startApp({
      sandbox: false,
      database,
      environment: {
        NODE_ENV: 'production',
        DATABASE_URL: database.url,
        PUBLIC_URL: 'https://passerelle.example',
        CONSOLE_DIR: folder,
      },
    });
  });

  afterAll(async () => {
    await production.close();
    await database.drop();
  });

  it('the console is served as well, over sockets that nobody can listen to', async () => {
    const answer = await open('/console/', production);
    expect(answer.status).toBe(200);
    expect(policyOf(answer).get('connect-src')).toBe(`'self' wss://passerelle.example`);
    expect((await open('/', production)).headers.location).toBe('/console/');
    expect((await open('/auth/calendly/callback?code=c', production)).status).toBe(302);
    expect((await open('/trial', production)).status).toBe(404);
  });
});

async function build(): Promise<void> {
  for (const [name, content] of Object.entries(FILES)) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

function policyOf(answer: Answer): Map<string, string> {
  const policy = String(answer.headers['content-security-policy']);
  return new Map(
    policy.split(/;\s*/).map((part) => {
      const [name = '', ...values] = part.split(' ');
      return [name, values.join(' ')];
    }),
  );
}
