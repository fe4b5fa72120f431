import type { EffectivePatch } from '../formations/index.js';
import type { EventChange } from './calendar-provider.js';
import type { CopyField } from './copy-content.js';
import type { Copy, CopyContent, OurContent } from './copy.row.js';
import type { Guest } from './event-facts.js';
import { toEventContent } from './our-content.js';

export type CopyChange = Pick<EventChange, 'content' | 'guests'>;

/** What to write of a copy; null when there is nothing. */
export function toEventChange(
  { base_ours: former }: Pick<Copy, 'base_ours'>,
  ours: OurContent,
  guests: readonly Guest[],
  fields: readonly CopyField[],
): CopyChange | null {
  const { title, description, location, startsAt, endsAt, timeZone } = toEventContent(ours);
  const isRezoned = former !== null && former.time_zone !== ours.time_zone;
  const people = guestChange(former?.guests ?? [], guests);
  if (fields.length === 0 && !isRezoned && people === undefined) return null;
  return {
    content: {
      ...(fields.includes('title') && { title }),
      ...(fields.includes('description') && { description }),
      ...(fields.includes('location') && { location }),
      ...((fields.includes('schedule') || isRezoned) && { times: { startsAt, endsAt, timeZone } }),
    },
    ...(people && { guests: people }),
  };
}

/** What to take over into a session of what its calendar shows. */
export function toSessionPatch(theirs: CopyContent, fields: readonly CopyField[]): EffectivePatch {
  return {
    ...(fields.includes('title') && theirs.title !== null && { title: theirs.title }),
    ...(fields.includes('description') && { description: theirs.description }),
    ...(fields.includes('location') && { location: theirs.location }),
    ...(fields.includes('schedule') && { startsAt: new Date(theirs.starts_at), endsAt: new Date(theirs.ends_at) }),
  };
}

function guestChange(former: readonly string[], guests: readonly Guest[]): CopyChange['guests'] {
  const wanted = new Set(guests.map(({ email }) => email.toLowerCase()));
  const add = guests.filter(({ email }) => !former.includes(email.toLowerCase()));
  const remove = former.filter((email) => !wanted.has(email));
  return add.length === 0 && remove.length === 0 ? undefined : { add, remove };
}
