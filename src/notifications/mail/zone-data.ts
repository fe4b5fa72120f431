/** When the IANA data base of time zones was published in the versions we have met. */
const PUBLISHED: Readonly<Record<string, string>> = {
  '2024a': '2024-02-01',
  '2024b': '2024-09-04',
  '2025a': '2025-01-15',
  '2025b': '2025-03-22',
  '2025c': '2025-12-10',
};

export type ZoneDataAge = 'current' | 'old' | 'unknown';

/**
 * Whether the runtime's zone data are older than twelve months: by then some country has changed its clocks, and mails
 * would tell a wrong hour there. Of a version we have not met only the year is known; it is taken for published on the
 * last day of that year, so that nobody is warned without need.
 */
export function zoneDataAge(version: string | undefined, now: Date): ZoneDataAge {
  const [, year] = /^(\d{4})[a-z]+$/.exec(version ?? '') ?? [];
  if (version === undefined || year === undefined) return 'unknown';
  const published = new Date(`${PUBLISHED[version] ?? `${year}-12-31`}T00:00:00Z`);
  const limit = new Date(published);
  limit.setUTCFullYear(limit.getUTCFullYear() + 1);
  return now > limit ? 'old' : 'current';
}
