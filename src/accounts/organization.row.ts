import type { Locale } from '../platform/errors/problem.js';

/** An organization, as the `organizations` table holds it. */
export interface Organization {
  id: string;
  name: string;
  slug: string;
  time_zone: string;
  locale: Locale;
  settings: Record<string, unknown>;
}
