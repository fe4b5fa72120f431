/** How a copy stands. `removing` has still to go at the provider; `refused` was deleted there by the person it is for. */
export type CopyState = 'pending' | 'synced' | 'removing' | 'removed' | 'refused' | 'failed';

/** What we compare and write, as it is stored: instants in ISO form. */
export interface CopyContent {
  title: string | null;
  description: string | null;
  location: string | null;
  starts_at: string;
  ends_at: string;
}

/** As we meant it: with the zone and the people, which providers are told and are not asked about. */
export interface OurContent extends CopyContent {
  time_zone: string;
  /** Addresses that the event invites, in order. */
  guests: string[];
}

/** A row of `copies`: one session of a formation in one external calendar. */
export interface Copy {
  id: string;
  organization_id: string;
  session_id: string;
  integration_id: string;
  calendar_id: string | null;
  event_key: string;
  external_id: string | null;
  etag: string | null;
  html_link: string | null;
  state: CopyState;
  is_wanted: boolean;
  base: CopyContent | null;
  base_ours: OurContent | null;
  missing_since: Date | null;
  seen_run_id: string | null;
  removal_run_id: string | null;
  sent_at: Date | null;
  error_code: string | null;
  failures: number;
  next_try_at: Date | null;
  lease_until: Date | null;
  settled_at: Date | null;
  created_at: Date;
  updated_at: Date;
}
