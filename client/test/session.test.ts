import { describe, expect, it } from 'vitest';
import { bodyOf, createPasserelle, memoryStore, pageOf, Problem } from '../src/index.js';
import { fakeFetch, problem, SESSION, tokens } from './fake-fetch.js';

const origin = 'http://passerelle.test';

describe('a session', () => {
  it('sends its token and the language with every request', async () => {
    const { fetch, asked } = fakeFetch(() => Response.json([]));
    const { rest } = createPasserelle({ origin, fetch, store: memoryStore(SESSION), language: () => 'en' });
    await rest.GET('/api/prospects');
    expect(asked).toMatchObject([{ path: '/api/prospects', token: 'access-1', language: 'en' }]);
  });

  it.each(['signIn', 'register'] as const)('that begins by %s ends the one that was held', async (how) => {
    const { fetch, asked } = fakeFetch(({ path }) =>
      path === '/api/auth/logout' ? problem(503, 'storage/unavailable') : Response.json(tokens(2)),
    );
    const store = memoryStore(SESSION);
    const { session } = createPasserelle({ origin, fetch, store });
    if (how === 'signIn') await session.signIn('a@b.test', 'x');
    else await session.register({ organization_name: 'A', name: 'A', email: 'a@b.test', password: 'x' });
    expect(asked.at(-1)).toMatchObject({ path: '/api/auth/logout', token: 'access-1' });
    expect(store.read()).toMatchObject({ accessToken: 'access-2' });
  });

  it('is not ended by a sign-in that fails', async () => {
    const { fetch, asked } = fakeFetch(() => problem(401, 'account/credentials-invalid'));
    const store = memoryStore(SESSION);
    const { session } = createPasserelle({ origin, fetch, store });
    await expect(session.signIn('a@b.test', 'x')).rejects.toBeInstanceOf(Problem);
    expect(asked.map(({ path }) => path)).toEqual(['/api/auth/login']);
    expect(store.read()).toEqual(SESSION);
  });

  it('is renewed once for everybody whose token has ended, and each request is sent again whole', async () => {
    const { fetch, asked } = fakeFetch(({ path, token, body }) => {
      if (path === '/api/auth/refresh') return Response.json(tokens(2));
      return token === 'access-2' ? Response.json(body ?? []) : problem(401, 'session/invalid');
    });
    const store = memoryStore(SESSION);
    const { rest } = createPasserelle({ origin, fetch, store });
    const answers = await Promise.all([
      rest.GET('/api/prospects'),
      rest.GET('/api/notifications'),
      rest.POST('/api/prospects', { body: { firstname: 'Zoé' } }),
    ]);
    expect(asked.filter(({ path }) => path === '/api/auth/refresh')).toHaveLength(1);
    expect(answers[2]?.data).toMatchObject({ firstname: 'Zoé' });
    expect(store.read()).toMatchObject({ accessToken: 'access-2', refreshToken: 'refresh-2' });
  });

  it('uses the tokens that another tab has fetched meanwhile', async () => {
    const store = memoryStore(SESSION);
    const { fetch, asked } = fakeFetch(({ token }) => {
      if (token === 'access-9') return Response.json([]);
      store.write({ ...SESSION, accessToken: 'access-9', refreshToken: 'refresh-9' });
      return problem(401, 'session/invalid');
    });
    const { rest } = createPasserelle({ origin, fetch, store });
    await rest.GET('/api/prospects');
    expect(asked.map(({ path }) => path)).toEqual(['/api/prospects', '/api/prospects']);
  });

  it('goes on with the winner’s tokens after a race for the refresh token', async () => {
    const store = memoryStore(SESSION);
    const { fetch } = fakeFetch(({ path, token }) => {
      if (path === '/api/auth/refresh') {
        setTimeout(() => store.write({ ...SESSION, accessToken: 'access-7' }), 50);
        return problem(409, 'account/refresh-raced');
      }
      return token === 'access-7' ? Response.json([]) : problem(401, 'session/invalid');
    });
    const { rest } = createPasserelle({ origin, fetch, store });
    await expect(bodyOf(rest.GET('/api/prospects'))).resolves.toEqual([]);
  });

  it('ends, once told, when it cannot be renewed', async () => {
    const { fetch } = fakeFetch(() => problem(401, 'account/refresh-token-invalid'));
    const store = memoryStore(SESSION);
    const { rest, session } = createPasserelle({ origin, fetch, store });
    let ends = 0;
    session.onEnd(() => (ends += 1));
    await expect(rest.GET('/api/prospects')).rejects.toMatchObject({ status: 401 });
    expect(store.read()).toBeNull();
    expect(ends).toBe(1);
  });

  it('survives a server that is away while it is renewed', async () => {
    const { fetch } = fakeFetch(({ path }) => {
      if (path === '/api/auth/refresh') throw new TypeError('fetch failed');
      return problem(401, 'session/invalid');
    });
    const store = memoryStore(SESSION);
    const { rest } = createPasserelle({ origin, fetch, store });
    await expect(rest.GET('/api/prospects')).rejects.toMatchObject({ status: 0, isUnreachable: true });
    expect(store.read()).toEqual(SESSION);
  });

  it('is forgotten here even when the server cannot be told', async () => {
    const { fetch } = fakeFetch(() => {
      throw new TypeError('fetch failed');
    });
    const store = memoryStore(SESSION);
    await createPasserelle({ origin, fetch, store }).session.signOut();
    expect(store.read()).toBeNull();
  });
});

describe('an answer', () => {
  it('that refuses is a Problem with everything the server has said', async () => {
    const { fetch } = fakeFetch(() =>
      problem(
        429,
        'account/too-many-attempts',
        { detail: 'Réessayez plus tard', errors: [{ pointer: '/email', message: 'Une adresse' }] },
        { 'retry-after': '30' },
      ),
    );
    const { session } = createPasserelle({ origin, fetch });
    const failure = await session.signIn('a@b.test', 'x').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Problem);
    expect(failure).toMatchObject({
      status: 429,
      code: 'account/too-many-attempts',
      detail: 'Réessayez plus tard',
      requestId: 'req-1',
      retryAfterSeconds: 30,
      fieldErrors: [{ pointer: '/email', message: 'Une adresse' }],
      isUnreachable: false,
    });
  });

  it('of a proxy in front of a server that is gone counts as none', async () => {
    const { fetch } = fakeFetch(() => new Response('<h1>Bad Gateway</h1>', { status: 502 }));
    const { rest } = createPasserelle({ origin, fetch, store: memoryStore(SESSION) });
    await expect(rest.GET('/api/prospects')).rejects.toMatchObject({ status: 502, code: '', isUnreachable: true });
  });

  it('that is a page says where the next one is', async () => {
    const link = '</api/prospects?limit=1&cursor=abc%3D>; rel="next"';
    const { fetch } = fakeFetch(({ path }) =>
      Response.json([{ path }], path.includes('abc') ? {} : { headers: { link } }),
    );
    const { rest } = createPasserelle({ origin, fetch, store: memoryStore(SESSION) });
    const first = await pageOf(rest.GET('/api/prospects', { params: { query: { limit: 1 } } }));
    expect(first.nextCursor).toBe('abc=');
    const query = { limit: 1, cursor: first.nextCursor ?? '' };
    expect((await pageOf(rest.GET('/api/prospects', { params: { query } }))).nextCursor).toBeNull();
  });
});
