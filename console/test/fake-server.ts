import { vi } from 'vitest';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** What is answered, or how the answer is found. */
type Route = ((asked: Asked) => unknown) | object;

/** A refusal as the server words it: `problem(409, 'prospect/email-taken', 'Adresse déjà prise')`. */
export function problem(status: number, code: string, title: string, rest: Record<string, unknown> = {}): Response {
  return Response.json(
    {
      type: `urn:passerelle:problem:${code}`,
      title,
      status,
      code,
      request_id: 'req-1',
      success: false,
      message: title,
      ...rest,
    },
    { status, headers: { 'content-type': 'application/problem+json', 'x-request-id': 'req-1' } },
  );
}

/** A page of a list that goes on: `page(rows, '/api/prospects?cursor=c2')`. */
export function page(rows: unknown[], next?: string): Response {
  return Response.json(rows, next ? { headers: { link: `<${next}>; rel="next"` } } : {});
}

/** No answer at all. */
export function unreachable(): never {
  throw new TypeError('fetch failed');
}

/** Who is signed in, unless a test says otherwise. */
export const ME = {
  id: '0198f3c2-0000-7000-8000-000000000001',
  email: 'camille@atelier.test',
  name: 'Camille Dubois',
  role: 'owner',
  organization_id: '0198f3c2-0000-7000-8000-000000000002',
  organization: {
    id: '0198f3c2-0000-7000-8000-000000000002',
    name: 'Atelier Démo',
    slug: 'atelier-demo',
    time_zone: 'Europe/Paris',
    locale: 'fr',
  },
  has_password: true,
  password_expires_at: null,
};

/** The server itself: in production, unless a test says otherwise. */
export const META = {
  version: '0.1.0',
  commit: null,
  environment: 'production',
  is_sandbox: false,
  sandbox_url: null,
  locales: ['fr', 'en'],
  features: {},
};

const USUAL: Record<string, Route> = {
  'GET /api/auth/me': ME,
  'GET /api/notifications/unread-count': { count: 0 },
  'GET /api/meta': META,
  'GET /trial/config.json': { public_url: 'http://localhost', sandbox_url: null, demo: null },
  'GET /health/ready': { status: 'ok' },
};

/**
 * A server of a few routes: `{ 'GET /api/prospects': [], 'POST /api/prospects/:id': ({ body }) => … }`. A `Response` is
 * given as it is, anything else as JSON; what is not listed is 404. Answers what was asked, in order.
 */
export function fakeServer(routes: Record<string, Route>): { asked: Asked[] } {
  const asked: Asked[] = [];
  const known = Object.entries({ ...USUAL, ...routes }).map(([key, route]) => {
    const [method, path = ''] = key.split(' ');
    const pattern = new RegExp(`^${path.replaceAll(/:[a-z_]+/gi, '[^/]+')}$`);
    return { method, pattern, route };
  });
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = input instanceof Request ? input : new Request(input, init);
    const { pathname: path, searchParams: query } = new URL(request.url);
    const text = await request.clone().text();
    const one: Asked = { method: request.method, path, query, body: text ? JSON.parse(text) : undefined };
    asked.push(one);
    const match = known.findLast(({ method, pattern }) => method === request.method && pattern.test(path));
    if (!match) return problem(404, 'request/not-found', 'Ressource introuvable');
    const { route } = match;
    const answer = typeof route === 'function' ? await (route as (asked: Asked) => unknown)(one) : route;
    if (answer instanceof Response) return answer.clone();
    return answer === undefined ? new Response(null, { status: 204 }) : Response.json(answer);
  });
  return { asked };
}
