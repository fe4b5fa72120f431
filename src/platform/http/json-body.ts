import { bodyMalformed } from '../errors/platform.problems.js';
import { Problem } from '../errors/problem.js';

/** Far beyond any honest request; a parser bomb ends here. */
const MAX_DEPTH = 32;
const MAX_NODES = 5_000;

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a request body as JSON and refuses what could harm further in: bytes that are not UTF-8, text PostgreSQL cannot
 * hold (NUL, lone surrogates), nesting and size bombs, keys that reach a prototype.
 */
export function parseJsonBody(bytes: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Problem(bodyMalformed, { cause: error });
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Problem(bodyMalformed, {
      detail: { fr: 'Un objet JSON est attendu.', en: 'A JSON object is expected.' },
    });
  }
  inspect(value);
  return value;
}

function inspect(root: object): void {
  let nodes = 0;
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw new Problem(bodyMalformed);
    const next: unknown[] = [];
    for (const node of level) {
      nodes += 1;
      if (nodes > MAX_NODES || (typeof node === 'string' && !isStorable(node))) throw new Problem(bodyMalformed);
      if (node === null || typeof node !== 'object') continue;
      for (const [key, child] of Object.entries(node)) {
        if (FORBIDDEN_KEYS.has(key) || !isStorable(key)) throw new Problem(bodyMalformed);
        next.push(child);
      }
    }
    level = next;
  }
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
