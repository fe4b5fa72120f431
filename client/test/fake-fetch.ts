export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly token: string | null;
  readonly language: string | null;
  readonly body: unknown;
}

/** A server in a function: `answer` says what each request is answered with. */
export function fakeFetch(answer: (asked: Asked) => Response | Promise<Response>) {
  const asked: Asked[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const text = await request.clone().text();
    const { pathname, search } = new URL(request.url);
    const one: Asked = {
      method: request.method,
      path: pathname + search,
      token: request.headers.get('authorization')?.replace('Bearer ', '') ?? null,
      language: request.headers.get('accept-language'),
      body: text ? JSON.parse(text) : undefined,
    };
    asked.push(one);
    return await answer(one);
  };
  return { fetch, asked };
}

export function problem(status: number, code: string, rest: Record<string, unknown> = {}, headers = {}): Response {
  return Response.json({ title: code, status, code, request_id: 'req-1', ...rest }, { status, headers });
}

export const USER = {
  id: 'u1',
  email: 'camille@atelier.test',
  name: 'Camille',
  role: 'owner' as const,
  organization_id: 'o1',
};

export const tokens = (number: number) => ({
  access_token: `access-${number}`,
  refresh_token: `refresh-${number}`,
  token_type: 'Bearer',
  expires_in: 900,
  user: USER,
});

export const SESSION = { accessToken: 'access-1', refreshToken: 'refresh-1', user: USER };
