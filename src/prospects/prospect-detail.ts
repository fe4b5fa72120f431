import type { ProspectBooking } from './prospect-bookings.js';
import type { ProspectNote } from './prospect-note.js';
import type { ProspectView } from './prospect.view.js';

/** One prospect with everything that is known of it. */
export interface ProspectDetail {
  view: ProspectView;
  noteEntries: ProspectNote[];
  bookings: ProspectBooking[];
}
