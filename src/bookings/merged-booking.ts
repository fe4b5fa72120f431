import type { BookingFacts } from './booking-facts.js';
import type { BookingProvider } from './booking-provider.js';

/** Whose bookings are merged, and how loudly. */
export interface MergeTarget {
  integrationId: string;
  provider: string;
  /** The provider's name in `source` fields and notification types, and on screen. */
  source: string;
  providerName: string;
  /**
   * Bookings made before this instant are taken over without a word, because one summary will tell them. Null: every
   * booking is told.
   */
  quietBefore: Date | null;
}

/** How facts of this provider are taken in when each of them is to be told. */
export function targetOf({ id, displayName, profile }: BookingProvider, integrationId: string): MergeTarget {
  return { integrationId, provider: id, source: profile.source, providerName: displayName, quietBefore: null };
}

/** One booking on its way through the merge: what was known, what is known now. */
export interface MergedBooking {
  id: string;
  before: BookingFacts | null;
  after: BookingFacts;
  prospectId: string | null;
  pairDueAt: Date | null;
  quiet: boolean;
}
