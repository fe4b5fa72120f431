import { createHash, randomUUID } from 'node:crypto';
import { v5 } from 'uuid';

/**
 * Ids as Exchange makes them: long, case-sensitive, in plain base64 with `/`, `+` and `=` (contract 5).
 *
 * An id is a prefix that tells its format, a core that stands for the item, and a suffix: the date of an occurrence, or
 * nothing for a single event or a whole series. Two formats name the same item; the mutable one changes with its calendar.
 */
const prefixes = { mutable: 'AAMkAGI1', immutable: 'AAkALgAA' } as const;
export type IdFormat = keyof typeof prefixes;

const wholeItem = 'AAAAAA==';
const shape = /^(AAMkAGI1|AAkALgAA)([A-Za-z0-9+/]{96})([A-Za-z0-9+/]{6}==)$/;
const namespace = '2f0c4a52-6a53-4f6e-9d57-6a1f8f7f1c11';

export interface ReadId {
  format: IdFormat;
  core: string;
  /** Null for a whole item. */
  date: string | null;
}

export function toId(format: IdFormat, core: string, date: string | null): string {
  return `${prefixes[format]}${core}${date === null ? wholeItem : suffixOf(date)}`;
}

/** Null when the text cannot be an id of ours at all. */
export function readId(id: string): ReadId | null {
  const [, prefix, core, suffix] = shape.exec(id) ?? [];
  if (prefix === undefined || core === undefined || suffix === undefined) return null;
  const format = prefix === prefixes.mutable ? 'mutable' : 'immutable';
  return { format, core, date: suffix === wholeItem ? null : dateOf(suffix) };
}

/** The same core for the same seed, so that seeded events keep their ids. Always with the characters that break URLs. */
export function newCore(seed: string): string {
  for (let turn = 0; ; turn += 1) {
    const head = createHash('sha512').update(`${seed}/${turn}`).digest();
    const core = Buffer.concat([head, head.subarray(0, 8).reverse()]).toString('base64');
    if (core.includes('/') && core.includes('+')) return core;
  }
}

export function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
}

export function newGuid(): string {
  return randomUUID();
}

export function derivedGuid(label: string): string {
  return v5(label, namespace);
}

function suffixOf(date: string): string {
  return Buffer.from(date.replaceAll('-', ''), 'hex').toString('base64');
}

function dateOf(suffix: string): string {
  const digits = Buffer.from(suffix, 'base64').toString('hex');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}
