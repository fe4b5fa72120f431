import { IANAZone } from 'luxon';

/** There are some six hundred; more names than this only somebody makes up. */
const MOST_NAMES = 2_000;

const names = new Map<string, boolean>();

/**
 * Whether a text is the name of an IANA time zone. Node finds that out by making a formatter, half a megabyte that it is
 * slow to let go of: each name is asked about once.
 */
export function isZoneName(text: string): boolean {
  const known = names.get(text);
  if (known !== undefined) return known;
  // Newer versions of Node take offsets for zones as well; an offset knows no summer time.
  const isName = /^[a-z]/i.test(text) && text.length <= 64 && IANAZone.isValidZone(text);
  if (names.size < MOST_NAMES) names.set(text, isName);
  return isName;
}
