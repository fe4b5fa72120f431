import { type CopyField, FIELDS, partOf } from './copy-content.js';
import type { CopyContent } from './copy.row.js';

/** Both sides of a copy, and where they last agreed. */
export interface CopySides {
  /** As the provider showed it when both sides agreed; null when they never have. */
  readonly base: CopyContent | null;
  /** As we meant it then. Not equal to `base` wherever the provider writes things its own way. */
  readonly baseOurs: CopyContent | null;
  readonly ours: CopyContent;
  readonly theirs: CopyContent;
  readonly oursChangedAt: { readonly texts: Date; readonly schedule: Date };
  /** Null when the provider does not say. */
  readonly theirsChangedAt: Date | null;
  /** Whether the owner of the calendar may change the session for everybody. */
  readonly mayEdit: boolean;
}

export interface CopyMergeResult {
  /** Fields to write to the calendar. */
  readonly write: readonly CopyField[];
  /** Fields to take over into the session. */
  readonly take: readonly CopyField[];
  /** Edited on both sides, and not to the same effect. */
  readonly conflicts: readonly { readonly field: CopyField; readonly kept: 'ours' | 'theirs' }[];
}

/**
 * Three-way merge, field by field. A side has changed where it differs from what it was when both agreed; comparing each
 * with its own past is what makes a provider's rewriting (HTML, rounding) no edit, and our own echo no news. Of two
 * edits of one field the later one is kept and the other recorded. Whoever may not edit the session keeps a change in
 * their own calendar, until the session changes there as well.
 */
export function mergeCopy(sides: CopySides): CopyMergeResult {
  const write: CopyField[] = [];
  const take: CopyField[] = [];
  const conflicts: { field: CopyField; kept: 'ours' | 'theirs' }[] = [];
  for (const field of FIELDS) {
    const ours = partOf(sides.ours, field);
    const theirs = partOf(sides.theirs, field);
    const weChanged = sides.baseOurs === null || ours !== partOf(sides.baseOurs, field);
    const theyChanged = sides.base !== null && theirs !== partOf(sides.base, field);
    if (ours === theirs || (!weChanged && !theyChanged)) continue;
    if (!theyChanged) write.push(field);
    else if (!weChanged) {
      if (!sides.mayEdit) continue;
      if (isUsable(field, sides.theirs)) take.push(field);
      else write.push(field);
    } else {
      const isTaken = sides.mayEdit && isUsable(field, sides.theirs) && isLater(field, sides);
      (isTaken ? take : write).push(field);
      conflicts.push({ field, kept: isTaken ? 'theirs' : 'ours' });
    }
  }
  return { write, take, conflicts };
}

/** In doubt what was said here stays. */
function isLater(field: CopyField, { oursChangedAt, theirsChangedAt }: CopySides): boolean {
  const since = field === 'schedule' ? oursChangedAt.schedule : oursChangedAt.texts;
  return theirsChangedAt !== null && theirsChangedAt > since;
}

/** As long as a session may last. */
const LONGEST_MS = 31 * 24 * 3_600_000;

/** A session has a title and some length; an event in a calendar need have neither. */
function isUsable(field: CopyField, theirs: CopyContent): boolean {
  if (field === 'title') return partOf(theirs, 'title') !== null;
  if (field !== 'schedule') return true;
  const length = Date.parse(theirs.ends_at) - Date.parse(theirs.starts_at);
  return length > 0 && length <= LONGEST_MS;
}
