import { isZoneName } from '../platform/clock/zone-names.js';

/**
 * The name of an IANA time zone in the case that others expect of it, or null when it is none. Offsets, which newer
 * runtimes take for zones, are none either: an offset knows no summer time.
 */
export function toTimeZoneName(text: string): string | null {
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(text) || !isZoneName(text)) return null;
  const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
  // An older name of a zone stays the name it was given: only its case is made right.
  return timeZone.toLowerCase() === text.toLowerCase() ? timeZone : text;
}
