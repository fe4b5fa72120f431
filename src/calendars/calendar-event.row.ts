import type { EventAttendee } from './event-facts.js';

/** A row of `calendar_events`. Of a private event only the time is there. */
export interface CalendarEventRow {
  id: string;
  integration_id: string;
  calendar_id: string;
  external_id: string;
  ical_uid: string | null;
  series_id: string | null;
  original_start: string | null;
  title: string | null;
  description: string | null;
  location: string | null;
  all_day: boolean;
  starts_at: Date | null;
  ends_at: Date | null;
  /** `2026-03-10` */
  start_date: string | null;
  /** The day after the last one. */
  end_date: string | null;
  time_zone: string | null;
  status: 'confirmed' | 'tentative' | 'cancelled';
  visibility: 'normal' | 'private';
  is_busy: boolean;
  attendees: EventAttendee[];
  html_link: string | null;
  join_url: string | null;
  etag: string | null;
  provider_updated_at: Date | null;
  set_aside_reason: string | null;
  created_at: Date;
  updated_at: Date;
}
