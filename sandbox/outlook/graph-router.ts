import { badRequest } from './graph-error.js';
import type { Operation } from './graph-call.js';
import type { GraphScope } from './scopes.js';

export interface Route {
  method: string;
  segments: string[];
  /** Any one of these lets the call through. */
  scopes: readonly GraphScope[];
  operation: Operation;
  /** Whether the mailbox does the work, and so counts the call (contract 10). */
  isOfMailbox: boolean;
}

/**
 * Finds operations by their templates, `/me/events/{id}`. Fastify's own router would refuse ids as long as Exchange makes
 * them, and knows no functions, which Graph writes with or without empty brackets: `delta`, `delta()`.
 */
export class GraphRouter {
  readonly #routes: Route[] = [];

  add(method: string, template: string, scopes: readonly GraphScope[], operation: Operation, isOfMailbox = true): void {
    this.#routes.push({ method, segments: segmentsOf(template), scopes, operation, isOfMailbox });
  }

  find(method: string, path: string): { route: Route; params: Record<string, string> } | 'no-path' | 'no-method' {
    const given = segmentsOf(path).map(decode);
    const fitting = this.#routes
      .map((route) => ({ route, params: match(route.segments, given) }))
      .filter((found): found is { route: Route; params: Record<string, string> } => found.params !== null);
    if (fitting.length === 0) return 'no-path';
    return fitting.find(({ route }) => route.method === method) ?? 'no-method';
  }
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest('The path is not encoded as a URL.', 'BadRequest');
  }
}

function match(template: string[], given: string[]): Record<string, string> | null {
  if (template.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [position, expected] of template.entries()) {
    const segment = given[position] ?? '';
    const name = /^\{(.+)\}$/.exec(expected)?.[1];
    if (name !== undefined && segment !== '') params[name] = segment;
    else if (segment !== expected && segment !== `${expected}()`) return null;
  }
  return params;
}
