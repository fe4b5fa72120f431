export type Locale = 'fr' | 'en';

/** The same sentence for both languages of the product. */
export type Bilingual = Readonly<Record<Locale, string>>;

/** What went wrong, in words that know nothing of HTTP; `problem.filter.ts` gives each its status. */
export type ProblemKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'too-slow'
  | 'conflict'
  | 'too-large'
  | 'unsupported-media-type'
  | 'unprocessable'
  | 'too-many-requests'
  | 'headers-too-large'
  | 'unexpected'
  | 'provider-fault'
  | 'unavailable'
  | 'provider-timeout';

export interface ProblemDefinition {
  /** Stable English words, for example `prospect/not-found`. Never translated, never reused. */
  readonly code: string;
  readonly kind: ProblemKind;
  readonly title: Bilingual;
}

export interface ProblemContext {
  /** What was found and what was expected. No token, no personal data, no text of a provider. */
  detail?: Bilingual;
  /** One entry per faulty field of the request. */
  errors?: FieldError[];
  retryAfterSeconds?: number;
  cause?: unknown;
}

export interface FieldError {
  /** JSON pointer of the field, for example `/email`. */
  pointer: string;
  message: Bilingual;
}

/** The one error type of the product: a definition, and what is particular to this occurrence. */
export class Problem extends Error {
  readonly detail: Bilingual | undefined;
  readonly errors: FieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly definition: ProblemDefinition,
    context: ProblemContext = {},
  ) {
    super(definition.code, { cause: context.cause });
    this.name = 'Problem';
    this.detail = context.detail;
    this.errors = context.errors;
    this.retryAfterSeconds = context.retryAfterSeconds;
  }

  is(definition: ProblemDefinition): boolean {
    return this.definition.code === definition.code;
  }
}

export function defineProblem(code: string, kind: ProblemKind, title: Bilingual): ProblemDefinition {
  return Object.freeze({ code, kind, title });
}
