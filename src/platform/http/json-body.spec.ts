import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { bodyMalformed } from '../errors/platform.problems.js';
import { Problem } from '../errors/problem.js';
import { parseJsonBody } from './json-body.js';

const read = (text: string) => parseJsonBody(Buffer.from(text));

/** `depth` objects in one another. */
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

function codeOf(bytes: Buffer): string {
  try {
    parseJsonBody(bytes);
    return 'read';
  } catch (error) {
    if (error instanceof Problem) return error.definition.code;
    throw error;
  }
}

describe('the reading of a JSON body', () => {
  it('answers what was sent', () => {
    expect(read('{"name":"Zoé","tags":["a",1,null,true],"of":{"x":1.5}}')).toEqual({
      name: 'Zoé',
      tags: ['a', 1, null, true],
      of: { x: 1.5 },
    });
  });

  it.each([
    ['nothing', ''],
    ['half an object', '{"a":'],
    ['a list', '[1,2]'],
    ['a bare word', '"text"'],
    ['null', 'null'],
    ['two objects', '{}{}'],
    ['a comment', '{/* */}'],
    ['NaN', '{"a":NaN}'],
  ])('refuses %s', (_, text) => {
    expect(() => read(text)).toThrow(bodyMalformed.code);
  });

  it.each([
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['Latin-1', Buffer.from('{"name":"Zoé"}', 'latin1')],
    ['UTF-16', Buffer.from('{"a":1}', 'utf16le')],
  ])('refuses %s', (_, bytes) => {
    expect(codeOf(bytes)).toBe(bodyMalformed.code);
  });

  it.each([
    ['a NUL in a text', String.raw`{"a":"\u0000"}`],
    ['a NUL in a name', String.raw`{"a\u0000":1}`],
    ['half a surrogate pair', String.raw`{"a":"\ud800"}`],
    ['half a surrogate pair, deep down', String.raw`{"a":[{"b":["\udc00"]}]}`],
    ['__proto__', '{"__proto__":{"admin":true}}'],
    ['constructor, further in', '{"a":[{"constructor":{"prototype":{}}}]}'],
  ])('refuses %s', (_, text) => {
    expect(() => read(text)).toThrow(bodyMalformed.code);
  });

  it.each([
    ['a name that is there twice', '{"role":"member","role":"owner"}'],
    ['a name that is there twice, written otherwise', String.raw`{"role":"member","\u0072ole":"owner"}`],
    ['a name that is there twice, deep down', '{"a":[{"b":1,"c":{"d":1,"d":1}}]}'],
  ])('refuses %s', (_, text) => {
    expect(() => read(text)).toThrow(bodyMalformed.code);
  });

  it('does not take for a name what stands in a text', () => {
    const value = { a: '"a":1,"a":2', 'b":': '\\"c":', 'c\\': ['":', { a: 'a:a' }, { a: 1 }] };
    expect(read(JSON.stringify(value))).toEqual(value);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (body) => {
        const text = JSON.stringify(body, null, 1);
        // Not read for other reasons: a NUL, half a character, a prototype.
        fc.pre(!/\\u|__proto__|constructor|prototype/.test(text));
        expect(read(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('reads as deep as an honest request goes, and no deeper', () => {
    expect(codeOf(Buffer.from(nested(32)))).toBe('read');
    expect(codeOf(Buffer.from(nested(33)))).toBe(bodyMalformed.code);
  });

  it.each([
    ['nesting', nested(15_000)],
    ['brackets that never close', `{"a":${'['.repeat(90_000)}`],
    ['width', `{"a":[${Array(5_001).fill(0).join()}]}`],
  ])('ends a bomb of %s quickly', (_, text) => {
    const startedAt = performance.now();
    expect(() => read(text)).toThrow(bodyMalformed.code);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  it('either reads a body or calls it malformed, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(['read', bodyMalformed.code]).toContain(codeOf(Buffer.from(bytes)));
      }),
    );
  });

  it('never lets a value reach a prototype', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        if (codeOf(Buffer.from(text)) !== 'read') return;
        expect(Object.getPrototypeOf(parseJsonBody(Buffer.from(text)))).toBe(Object.prototype);
      }),
    );
  });
});
