import { language, say } from './words.js';

// Of this tab, and gone with it.
const KEY = 'passerelle.session';

/** What the server refused, or that it did not answer: everything a person needs to ask somebody about it. */
export class Problem extends Error {
  constructor({ status = 0, title, detail = null, code = null, requestId = null }) {
    super(title);
    Object.assign(this, { status, title, detail, code, requestId });
  }
}

/** Called once when the session ends by itself. */
let onEnd = () => undefined;
let refreshing = null;

export function whenSessionEnds(listener) {
  onEnd = listener;
}

export function session() {
  const stored = sessionStorage.getItem(KEY);
  return stored === null ? null : JSON.parse(stored);
}

function keep({ access_token, refresh_token, user }) {
  sessionStorage.setItem(KEY, JSON.stringify({ access_token, refresh_token, user }));
}

export const forget = () => sessionStorage.removeItem(KEY);

export async function signIn(email, password) {
  keep((await send('POST', '/api/auth/login', { email, password })).data);
}

export async function register(account) {
  keep((await send('POST', '/api/auth/register', account)).data);
}

export async function signOut() {
  try {
    await call('POST', '/api/auth/logout');
  } finally {
    forget();
  }
}

/** The answer's JSON, with the session's token; renews the session once when the token has ended. */
export async function call(method, path, body) {
  return (await callForAnswer(method, path, body)).data;
}

/** One page of a list, and the address of the next one or null. */
export async function callForPage(path) {
  const { data, headers } = await callForAnswer('GET', path);
  const next = /<([^>]+)>;\s*rel="next"/.exec(headers.get('link') ?? '');
  return { data, next: next ? next[1] : null };
}

async function callForAnswer(method, path, body) {
  const token = session()?.access_token;
  try {
    return await send(method, path, body, token);
  } catch (problem) {
    if (problem.status !== 401) throw problem;
    // Somebody else may have renewed it since this request left.
    if (session()?.access_token === token) await renew();
    return await send(method, path, body, session()?.access_token);
  }
}

/** Whoever needs it at the same moment shares one renewal: a refresh token is good for one. */
export function renew() {
  refreshing ??= renewNow().finally(() => (refreshing = null));
  return refreshing;
}

async function renewNow() {
  const refreshToken = session()?.refresh_token;
  if (!refreshToken) throw new Problem({ status: 401, title: say('sessionOver') });
  try {
    keep((await send('POST', '/api/auth/refresh', { refresh_token: refreshToken })).data);
  } catch (problem) {
    if (problem.status === 401) {
      forget();
      onEnd();
    }
    throw problem;
  }
}

async function send(method, path, body, token) {
  const headers = { 'accept-language': language() };
  if (token) headers.authorization = `Bearer ${token}`;
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response;
  try {
    response = await fetch(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  } catch {
    throw new Problem({ title: say('unreachable'), detail: say('unreachableDetail') });
  }
  const requestId = response.headers.get('x-request-id');
  const data = await response.json().catch(() => null);
  if (response.ok && data !== null) return { data, headers: response.headers };
  throw new Problem({
    status: response.status,
    title: data?.title ?? say('unreadable'),
    detail: data?.errors?.map?.(({ message }) => message).join(' ') || data?.detail,
    code: data?.code,
    requestId: data?.request_id ?? requestId,
  });
}
