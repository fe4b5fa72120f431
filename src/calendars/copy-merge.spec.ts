import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FIELDS, partOf, withFields } from './copy-content.js';
import { type CopySides, mergeCopy } from './copy-merge.js';
import type { CopyContent } from './copy.row.js';

const AGREED: CopyContent = {
  title: 'Sécurité incendie',
  description: 'Apporter ses gants',
  location: 'Salle B',
  starts_at: '2026-03-10T08:00:00.000Z',
  ends_at: '2026-03-10T11:30:00.000Z',
};
const MOVED = { starts_at: '2026-03-11T08:00:00.000Z', ends_at: '2026-03-11T11:30:00.000Z' };
const NOON = new Date('2026-03-01T12:00:00Z');
const LATER = new Date('2026-03-01T13:00:00Z');

function sides(changes: Partial<CopySides>): CopySides {
  return {
    base: AGREED,
    baseOurs: AGREED,
    ours: AGREED,
    theirs: AGREED,
    oursChangedAt: { texts: NOON, schedule: NOON },
    theirsChangedAt: NOON,
    mayEdit: true,
    ...changes,
  };
}

describe('mergeCopy', () => {
  it('writes nothing and takes nothing when nobody has edited', () => {
    expect(mergeCopy(sides({}))).toEqual({ write: [], take: [], conflicts: [] });
  });

  it('writes what was edited here, and only that', () => {
    expect(mergeCopy(sides({ ours: { ...AGREED, title: 'Incendie' } }))).toEqual({
      write: ['title'],
      take: [],
      conflicts: [],
    });
  });

  it('takes what was edited there, and only that', () => {
    expect(mergeCopy(sides({ theirs: { ...AGREED, ...MOVED } }))).toEqual({
      write: [],
      take: ['schedule'],
      conflicts: [],
    });
  });

  it('keeps both edits when they are of different fields', () => {
    const merged = mergeCopy(sides({ ours: { ...AGREED, title: 'Incendie' }, theirs: { ...AGREED, ...MOVED } }));
    expect(merged).toEqual({ write: ['title'], take: ['schedule'], conflicts: [] });
  });

  it('does not take the way in which a provider keeps a text for an edit', () => {
    const rewritten = { ...AGREED, description: '<html><body>Apporter ses gants</body></html>' };
    expect(mergeCopy(sides({ base: rewritten, theirs: rewritten }))).toEqual({ write: [], take: [], conflicts: [] });
  });

  it('still sees an edit of a text that the provider keeps in its own way', () => {
    const rewritten = { ...AGREED, description: '<html><body>Apporter ses gants</body></html>' };
    const edited = { ...AGREED, description: '<html><body>Apporter un casque</body></html>' };
    expect(mergeCopy(sides({ base: rewritten, theirs: edited })).take).toEqual(['description']);
  });

  it('keeps the later of two edits of one field, and says so', () => {
    const edited = { ours: { ...AGREED, title: 'Ici' }, theirs: { ...AGREED, title: 'Là-bas' } };
    expect(mergeCopy(sides({ ...edited, theirsChangedAt: LATER }))).toEqual({
      write: [],
      take: ['title'],
      conflicts: [{ field: 'title', kept: 'theirs' }],
    });
    expect(mergeCopy(sides({ ...edited, oursChangedAt: { texts: LATER, schedule: NOON } }))).toEqual({
      write: ['title'],
      take: [],
      conflicts: [{ field: 'title', kept: 'ours' }],
    });
  });

  it('compares a move with moves here, not with edits of texts', () => {
    const merged = mergeCopy(
      sides({
        ours: { ...AGREED, ends_at: '2026-03-10T12:00:00.000Z' },
        theirs: { ...AGREED, ...MOVED },
        oursChangedAt: { texts: LATER, schedule: NOON },
        theirsChangedAt: new Date('2026-03-01T12:30:00Z'),
      }),
    );
    expect(merged.take).toEqual(['schedule']);
  });

  it('compares an edit of a text with edits of texts here, not with moves', () => {
    const merged = mergeCopy(
      sides({
        ours: { ...AGREED, title: 'Ici' },
        theirs: { ...AGREED, title: 'Là-bas' },
        oursChangedAt: { texts: NOON, schedule: LATER },
        theirsChangedAt: new Date('2026-03-01T12:30:00Z'),
      }),
    );
    expect(merged.take).toEqual(['title']);
  });

  it.each([NOON, null])('keeps what was said here where nobody can say who was later (%j there)', (theirsChangedAt) => {
    const edited = { ours: { ...AGREED, title: 'Ici' }, theirs: { ...AGREED, title: 'Là-bas' } };
    expect(mergeCopy(sides({ ...edited, theirsChangedAt })).conflicts).toEqual([{ field: 'title', kept: 'ours' }]);
  });

  it('takes what can be taken beside a length no session can have', () => {
    const theirs = { ...AGREED, description: 'Apporter un casque', ends_at: AGREED.starts_at };
    expect(mergeCopy(sides({ theirs }))).toEqual({ write: ['schedule'], take: ['description'], conflicts: [] });
  });

  it('takes the longest length a session can have', () => {
    const theirs = { ...AGREED, ends_at: '2026-04-10T08:00:00.000Z' };
    expect(mergeCopy(sides({ theirs })).take).toEqual(['schedule']);
  });

  it('sees no conflict where both sides made the same edit', () => {
    const same = { ...AGREED, title: 'Incendie' };
    expect(mergeCopy(sides({ ours: same, theirs: same }))).toEqual({ write: [], take: [], conflicts: [] });
  });

  it('leaves the calendar of somebody who may not edit as they made it, until the session changes', () => {
    const theirs = { ...AGREED, title: 'Ma formation' };
    expect(mergeCopy(sides({ theirs, mayEdit: false }))).toEqual({ write: [], take: [], conflicts: [] });
    const both = mergeCopy(
      sides({ theirs, ours: { ...AGREED, title: 'Incendie' }, mayEdit: false, theirsChangedAt: LATER }),
    );
    expect(both).toEqual({ write: ['title'], take: [], conflicts: [{ field: 'title', kept: 'ours' }] });
  });

  it('puts back a title that was emptied and a length no session can have', () => {
    expect(mergeCopy(sides({ theirs: { ...AGREED, title: null } })).write).toEqual(['title']);
    expect(mergeCopy(sides({ theirs: { ...AGREED, ends_at: AGREED.starts_at } })).write).toEqual(['schedule']);
    expect(mergeCopy(sides({ theirs: { ...AGREED, ends_at: '2026-06-10T08:00:00.000Z' } })).write).toEqual([
      'schedule',
    ]);
  });

  it('writes what differs where both sides have never agreed', () => {
    const merged = mergeCopy(sides({ base: null, baseOurs: null, theirs: { ...AGREED, location: 'Salle A' } }));
    expect(merged).toEqual({ write: ['location'], take: [], conflicts: [] });
  });

  it('brings both sides together, whatever was edited, in one round', () => {
    const text = fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null });
    const content = fc.record({
      title: fc.constantFrom('a', 'b', 'c'),
      description: text,
      location: text,
      starts_at: fc.constantFrom('2026-03-10T08:00:00.000Z', '2026-03-10T09:00:00.000Z'),
      ends_at: fc.constantFrom('2026-03-10T10:00:00.000Z', '2026-03-10T11:00:00.000Z'),
    });
    const instant = fc.constantFrom(NOON, LATER);
    fc.assert(
      fc.property(content, content, content, instant, instant, (base, ours, theirs, oursAt, theirsAt) => {
        const { write, take } = mergeCopy({
          base,
          baseOurs: base,
          ours,
          theirs,
          oursChangedAt: { texts: oursAt, schedule: oursAt },
          theirsChangedAt: theirsAt,
          mayEdit: true,
        });
        const here = withFields(ours, theirs, take);
        const there = withFields(theirs, ours, write);
        for (const field of FIELDS) {
          expect(partOf(here, field)).toBe(partOf(there, field));
          expect([partOf(ours, field), partOf(theirs, field)]).toContain(partOf(here, field));
        }
        const again = mergeCopy({
          base: there,
          baseOurs: here,
          ours: here,
          theirs: there,
          oursChangedAt: { texts: oursAt, schedule: oursAt },
          theirsChangedAt: theirsAt,
          mayEdit: true,
        });
        expect(again).toEqual({ write: [], take: [], conflicts: [] });
      }),
    );
  });
});
