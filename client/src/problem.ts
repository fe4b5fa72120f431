import type { components } from './schema.js';

export type ProblemBody = components['schemas']['ProblemDto'];

export interface FieldError {
  /** JSON pointer of the field, as `/email`. */
  readonly pointer: string;
  readonly message: string;
}

/**
 * Whatever stood in the way of an answer. `status` is 0 when there was none at all: the network is down, the server is
 * gone, or something in between did not let the request through. Texts come in the language that was asked for.
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** Stable, made for programs: `prospect/not-found`. Empty when what answered was not Passerelle. */
  readonly code: string;
  readonly title: string;
  readonly detail: string | null;
  readonly requestId: string | null;
  readonly fieldErrors: readonly FieldError[];
  /** When it may be worth trying again, where the server says so. */
  readonly retryAfterSeconds: number | null;

  constructor(facts: Partial<Omit<Problem, keyof Error>> & { cause?: unknown }) {
    const { status = 0, code = '', title = '', detail = null, requestId = null, fieldErrors = [] } = facts;
    super(title || code || `HTTP ${status}`, { cause: facts.cause });
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.requestId = requestId;
    this.fieldErrors = fieldErrors;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
  }

  /** Nobody of ours has answered: neither the application nor, behind a proxy, its database. */
  get isUnreachable(): boolean {
    return this.status === 0 || (this.code === '' && [502, 503, 504].includes(this.status));
  }
}

/** Reads a refusal. A proxy's page in HTML is a problem too, only one without words. */
export async function toProblem(response: Response): Promise<Problem> {
  const body = await readBody(response);
  const isOurs = typeof body?.code === 'string';
  return new Problem({
    status: response.status,
    code: isOurs ? body.code : '',
    title: isOurs ? body.title : '',
    detail: (isOurs && body.detail) || null,
    requestId: (isOurs && body.request_id) || response.headers.get('x-request-id'),
    fieldErrors: (isOurs && body.errors) || [],
    retryAfterSeconds: toSeconds(response.headers.get('retry-after')),
  });
}

/** No answer: what `fetch` rejects with says nothing that could be told to a person. */
export function toUnreachable(cause: unknown): Problem {
  return new Problem({ status: 0, code: '', cause });
}

async function readBody(response: Response): Promise<ProblemBody | null> {
  try {
    const body: unknown = await response.clone().json();
    return typeof body === 'object' && body !== null ? (body as ProblemBody) : null;
  } catch {
    return null;
  }
}

/** Seconds or a date (RFC 9110 section 10.2.3). */
function toSeconds(header: string | null): number | null {
  if (header === null) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}
