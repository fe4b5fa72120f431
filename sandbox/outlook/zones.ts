import { IANAZone } from 'luxon';
import { findIana, findWindows, WINDOWS_TO_IANA_MAP } from 'windows-iana';

const known = new Map<string, string | null>();

/** The IANA zone a name stands for, be it a Windows name or one of IANA's own. Null when it stands for none. */
export function findZone(name: string): string | null {
  const found = known.get(name);
  if (found !== undefined) return found;
  const zone = resolve(name);
  known.set(name, zone);
  return zone;
}

export function listWindowsZones(): string[] {
  return [...new Set(WINDOWS_TO_IANA_MAP.map(({ windowsName }) => windowsName))].sort();
}

export function listIanaZones(): string[] {
  return Intl.supportedValuesOf('timeZone').filter((name) => findWindows(name).length > 0);
}

function resolve(name: string): string | null {
  if (name === 'UTC' || name === 'tzone://Microsoft/Utc') return 'Etc/UTC';
  const [ofWindows] = findIana(name);
  if (ofWindows !== undefined) return ofWindows;
  // Node also takes offsets (`+02:00`) for zones; a mailbox does not.
  return /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name) ? name : null;
}
