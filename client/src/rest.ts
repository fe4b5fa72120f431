import createClient, { type Client } from 'openapi-fetch';
import { toProblem } from './problem.js';
import type { paths } from './schema.js';
import type { ClientSession } from './session.js';

/** Every route of the server: `rest.GET('/api/prospects/{id}', { params: { path: { id } } })`. */
export type Rest = Client<paths>;

export function createRest(origin: string, session: ClientSession): Rest {
  const rest = createClient<paths>({
    baseUrl: origin,
    fetch: (request) => session.fetch(request),
    // Arrays as `status=failed&status=dead`, the way the server reads them.
    querySerializer: { array: { style: 'form', explode: true } },
  });
  rest.use({
    async onResponse({ response }) {
      if (!response.ok) throw await toProblem(response);
    },
  });
  return rest;
}

interface Answer<T> {
  data?: T;
  response: Response;
}

/** The body of an answer; a refusal rejects with a `Problem` before it comes to this. */
export async function bodyOf<T>(answer: Promise<Answer<T>>): Promise<T> {
  return (await answer).data as T;
}

export interface Page<T> {
  readonly items: T[];
  /** What `cursor` must be for the next page; null on the last one. */
  readonly nextCursor: string | null;
}

/** One page of a list, which says in its `Link` header (RFC 8288) where the next one is. */
export async function pageOf<T>(answer: Promise<Answer<T[]>>): Promise<Page<T>> {
  const { data, response } = await answer;
  return { items: data ?? [], nextCursor: nextCursorOf(response.headers.get('link')) };
}

export function nextCursorOf(link: string | null): string | null {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
  return next === undefined ? null : new URL(next, 'http://any.invalid').searchParams.get('cursor');
}
