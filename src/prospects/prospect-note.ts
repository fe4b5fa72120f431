/** One note to put about a prospect; a second one from the same source replaces the first. */
export interface ProspectNoteDraft {
  prospectId: string;
  /** Who speaks: a provider, or `manual`. */
  source: string;
  /** What is spoken of, in the source's own ids: a booking. */
  sourceId: string;
  /** Where the note stands among the others: the hour of the appointment. */
  happensAt: Date;
  text: string;
}

/** A note as the `prospect_notes` table holds it. */
export interface ProspectNote {
  source: string;
  source_id: string;
  happens_at: Date;
  text: string;
}

/** What people write themselves: one note for each prospect, with the prospect's id as its source's. */
export const MANUAL = 'manual';
