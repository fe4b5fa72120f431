export type { BookedPerson } from './booked-people.js';
export { type AssignedProspect, ProspectBook } from './prospect-book.js';
export { type ProspectBooking, ProspectBookings, type ProspectBookingsReader } from './prospect-bookings.js';
export { ProspectChanges, type ToldProspects } from './prospect-changes.js';
export type { ChangedProspects } from './prospect-news.js';
export type { ProspectNoteDraft } from './prospect-note.js';
export { prospectEmailTaken, prospectNotFound, prospectUnrecognisable } from './prospects.problems.js';
export { ProspectsModule } from './prospects.module.js';
