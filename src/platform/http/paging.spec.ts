import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeCursor, decodeIdCursor, decodeInstantCursor, encodeCursor, setNextLink } from './paging.js';

const ID = '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f';
const INSTANT = '2026-01-16 15:30:00.123456+00';

describe('a cursor', () => {
  it('gives back what was put in, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }), (parts) => {
        expect(decodeCursor(encodeCursor(parts), parts.length)).toEqual(parts);
      }),
    );
  });

  it('stands in an address as it is', () => {
    expect(encodeCursor([INSTANT, ID, '?&=/+é'])).toMatch(/^[\w-]+$/);
  });

  it.each([
    ['nothing', ''],
    ['a word', 'next'],
    ['bytes', '\0\u{1f600}'],
    ['an object', Buffer.from('{"at":1}').toString('base64url')],
    ['numbers', Buffer.from('[1,2]').toString('base64url')],
    ['another list’s cursor', encodeCursor(['one'])],
  ])('that we did not make is refused: %s', (_, cursor) => {
    expect(() => decodeCursor(cursor, 2)).toThrow('request/cursor-invalid');
  });

  it.each([INSTANT, '2026-07-16 15:30:00+05:30', '2026-01-16 15:30:00-09'])(
    'of an instant keeps it as PostgreSQL wrote it, with its microseconds: %s',
    (at) => {
      expect(decodeInstantCursor(encodeCursor([at, ID]))).toEqual({ at, id: ID });
    },
  );

  it.each([
    ['no instant', ['yesterday', ID]],
    ['SQL', [`2026-01-16'; DROP TABLE bookings; --`, ID]],
    ['a month that never was', ['2026-13-15 15:30:00+00', ID]],
    ['a day that never was', ['2026-02-30 15:30:00+00', ID]],
    ['an hour that never was', ['2026-01-16 24:30:00+00', ID]],
    ['a zone that never was', ['2026-01-16 15:30:00+99', ID]],
    ['an instant of nowhere', ['2026-01-16 15:30:00', ID]],
    ['a year that never was', ['0000-01-16 15:30:00+00', ID]],
    ['no id', [INSTANT, '7']],
  ])('of an instant refuses %s', (_, parts) => {
    expect(() => decodeInstantCursor(encodeCursor(parts))).toThrow('request/cursor-invalid');
  });

  it('of an id takes an id only', () => {
    expect(decodeIdCursor(encodeCursor([ID]))).toBe(ID);
    expect(() => decodeIdCursor(encodeCursor(['7']))).toThrow('request/cursor-invalid');
  });

  it('that is not there is the first page', () => {
    expect([decodeInstantCursor(undefined), decodeIdCursor(undefined)]).toEqual([null, null]);
  });
});

describe('the link to the next page', () => {
  function linkAt(url: string, cursor: string | null): string | undefined {
    const headers: Record<string, string> = {};
    const reply = { header: (name: string, value: string) => (headers[name] = value) };
    setNextLink(reply as unknown as FastifyReply, { url } as FastifyRequest, cursor);
    return headers['link'];
  }

  it('keeps the filters, and replaces the cursor', () => {
    expect(linkAt('/api/prospects', 'next')).toBe('</api/prospects?cursor=next>; rel="next"');
    expect(linkAt('/api/prospects?search=zo%C3%A9&cursor=old', 'next')).toBe(
      '</api/prospects?search=zo%C3%A9&cursor=next>; rel="next"',
    );
  });

  it('is absent from the last page', () => {
    expect(linkAt('/api/prospects', null)).toBeUndefined();
  });

  it('cannot be broken out of by what a client wrote', () => {
    expect(linkAt('/api/prospects?search=%3E;%20rel=%22next%22,%20%3Chttps://evil.example', 'next')).toMatch(
      /^<[^<>" ]+>; rel="next"$/,
    );
  });
});
