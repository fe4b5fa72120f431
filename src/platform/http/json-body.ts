import { bodyMalformed } from '../errors/platform.problems.js';
import { Problem } from '../errors/problem.js';

/** Far beyond any honest request; a parser bomb ends here. */
const MAX_DEPTH = 32;
const MAX_NODES = 5_000;

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a request body as JSON and refuses what could harm further in: bytes that are not UTF-8, text PostgreSQL cannot
 * hold (NUL, lone surrogates), nesting and size bombs, keys that reach a prototype, members that are there twice.
 */
export function parseJsonBody(bytes: Buffer): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (error) {
    throw new Problem(bodyMalformed, { cause: error });
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Problem(bodyMalformed, {
      detail: { fr: 'Un objet JSON est attendu.', en: 'A JSON object is expected.' },
    });
  }
  // Of two members of one name JSON.parse keeps the last; whoever looked at the request before us may have kept the first.
  if (inspect(value) !== countMembers(text)) throw new Problem(bodyMalformed);
  return value;
}

/** How many members all objects have together. */
function inspect(root: object): number {
  let nodes = 0;
  let members = 0;
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
        if (!Array.isArray(node)) members += 1;
        next.push(child);
      }
    }
    level = next;
  }
  return members;
}

/** As they are written, in text that is known to be JSON: each has one colon outside of all strings. */
function countMembers(text: string): number {
  let members = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isInString && character === '\\') at += 1;
    else if (character === '"') isInString = !isInString;
    else if (character === ':' && !isInString) members += 1;
  }
  return members;
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
