import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TrialOffer } from '../../src/platform/trial/trial-offer.js';
import { type Answer, startApp, type TestApp } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const PAGES = ['/', '/auth/calendly/callback'];

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ sandbox: false });
});

afterAll(() => app.close());

const open = (path: string) => app.http('GET', path, { headers: BROWSER });

/** What a page loads: its own references, then what its scripts import, each by its path. */
async function readAll(page: string): Promise<Map<string, Answer>> {
  const { text } = await open(page);
  const waiting = [...text.matchAll(/<(?:script|link)[^>]+(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path!);
  const loaded = new Map<string, Answer>();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (loaded.has(path)) continue;
    const answer = await app.http('GET', path);
    loaded.set(path, answer);
    for (const [, imported] of answer.text.matchAll(/^(?:import|} from)[^;]*?'(\.[^']+)';$/gm)) {
      waiting.push(new URL(imported!, `http://passerelle.test${path}`).pathname);
    }
  }
  return loaded;
}

function directive(answer: Answer, name: string): string | undefined {
  const policy = String(answer.headers['content-security-policy']);
  return policy
    .split(';')
    .find((part) => part.startsWith(`${name} `))
    ?.slice(name.length + 1);
}

describe('the trial page', () => {
  it('answers at the address of the server', async () => {
    const answer = await open('/');

    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.text).toContain('<html lang="fr">');
  });

  it.each(PAGES)('loads nothing that is not there, and nothing from elsewhere: %s', async (page) => {
    const loaded = await readAll(page);

    expect([...loaded.keys()]).toEqual(expect.arrayContaining(['/trial/style.css', '/trial/words.js']));
    for (const [path, { status, headers }] of loaded) {
      expect({ path, status, type: headers['content-type'] }).toEqual({
        path,
        status: 200,
        type: TYPES[path.split('.').at(-1)!],
      });
    }
    expect((await open(page)).text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('brings the Socket.IO client of the installed server', async () => {
    const loaded = await readAll('/');

    expect(loaded.get('/trial/socket.io.js')?.text).toMatch(/^\/\*!\s+\* Socket\.IO v4\..*export\{[^}]* as io[,}]/s);
  });

  it.each(PAGES)('keeps to the content security policy it is served with: %s', async (page) => {
    const answer = await open(page);

    expect(directive(answer, 'default-src')).toBe(`'self'`);
    expect(directive(answer, 'script-src')).toBe(`'self'`);
    expect(directive(answer, 'img-src')).toContain('data:');
    expect(answer.text).not.toMatch(/<script(?![^>]* src=)/);
    expect(answer.text).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i);
  });

  it('has no way of taking text for markup', async () => {
    const scripts = [...(await readAll('/')), ...(await readAll('/auth/calendly/callback'))].filter(
      ([path]) => path.endsWith('.js') && !path.endsWith('socket.io.js'),
    );

    expect(scripts.length).toBeGreaterThan(5);
    for (const [, { text }] of scripts) {
      expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|srcdoc/);
      expect(text).not.toContain('console.');
    }
  });

  it('says everything in both languages', async () => {
    const { text } = await app.http('GET', '/trial/words.js');
    const [french = '', english = ''] = text.split(/^ {2}en: \{$/m);
    const keysOf = (block: string) => [...block.matchAll(/^ {4}(\w+):/gm)].map(([, key]) => key);
    const pages = await Promise.all(PAGES.map(open));
    const named = pages.flatMap((page) => [...page.text.matchAll(/data-word="(\w+)"/g)].map(([, key]) => key));

    expect(keysOf(french).length).toBeGreaterThan(40);
    expect(keysOf(english)).toEqual(keysOf(french));
    expect(keysOf(french)).toEqual(expect.arrayContaining(named));
  });

  it('is not sent again as long as it is the same', async () => {
    const first = await app.http('GET', '/trial/app.js');
    const second = await app.http('GET', '/trial/app.js', { headers: { 'if-none-match': String(first.headers.etag) } });
    const other = await app.http('GET', '/trial/app.js', { headers: { 'if-none-match': '"another"' } });

    expect(first.headers['cache-control']).toBe('no-cache');
    expect({ status: second.status, text: second.text }).toEqual({ status: 304, text: '' });
    expect(other.status).toBe(200);
  });

  it.each([
    'nothing.js',
    'page-files.js',
    '__proto__',
    'constructor',
    '..%2findex.html',
    '..%2f..%2ftrial.config.js',
    '%2e%2e/%2e%2e/package.json',
    'socket.io.esm.min.js.map',
  ])('answers 404 for what it does not have: %s', async (name) => {
    const answer = await app.http('GET', `/trial/${name}`);

    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body.code).toBe('request/not-found');
  });
});

describe('what there is to try', () => {
  it('is nothing until somebody offers it, and is never kept', async () => {
    const before = await app.http('GET', '/trial/config.json');
    app.get(TrialOffer).make('http://127.0.0.1:4010', { email: 'demo@passerelle.test', password: 'passerelle-demo' });
    const after = await app.http('GET', '/trial/config.json');

    expect(before.body).toEqual({ public_url: app.url, sandbox_url: null, demo: null });
    expect(after.body).toEqual({
      public_url: app.url,
      sandbox_url: 'http://127.0.0.1:4010',
      demo: { email: 'demo@passerelle.test', password: 'passerelle-demo' },
    });
    expect(after.headers['cache-control']).toBe('no-store');
  });
});

describe('the address a provider’s redirect comes back to', () => {
  it('is a page for a browser, kept nowhere and with no word of the code in the log', async () => {
    const answer = await open('/auth/calendly/callback?code=code-of-somebody&state=state-of-somebody');

    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(answer.text).not.toContain('of-somebody');
    expect(JSON.stringify(app.log)).not.toContain('of-somebody');
  });

  it('takes the code out of the address before it does anything else', async () => {
    const { text } = await app.http('GET', '/trial/callback.js');

    const statements = text.split('\n').filter((line) => line !== '' && !/^(?:import|\/\/)/.test(line));

    expect(statements[0]).toContain('new URLSearchParams(location.search)');
    expect(statements[1]).toBe(`history.replaceState(null, '', location.pathname);`);
  });

  it('is no page for a program', async () => {
    const answer = await app.http('GET', '/auth/calendly/callback?code=c', { headers: { accept: 'application/json' } });

    expect(answer.status).toBe(405);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('stays the route of existing front ends for POST, whatever they accept', async () => {
    const answer = await app.http('POST', '/auth/calendly/callback', { headers: BROWSER, body: { code: 'c' } });

    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('session/missing');
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
      },
    });
  });

  afterAll(async () => {
    await production.close();
    await database.drop();
  });

  it.each([...PAGES, '/trial/app.js', '/trial/config.json'])('there is no trial page: %s', async (path) => {
    const answer = await production.http('GET', path, { headers: BROWSER });

    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });
});
