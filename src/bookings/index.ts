export type { Answer, BookingFacts, BookingStatus, Cancellation, Invitee, NoShowFact } from './booking-facts.js';
export { type BookingChange, BookingChanges, type BookingTurn } from './booking-changes.js';
export { BookingMerge, type MergeCounts, type MergeOutcome } from './booking-merge.js';
export { type MergeTarget, targetOf } from './merged-booking.js';
export {
  type BookingProfile,
  type BookingProvider,
  type DeliveryContent,
  type DeliveryIdentity,
  type DeliverySeal,
  type EventPage,
  isBookingProvider,
  type ListedEvent,
  type RawDelivery,
  type ReadWindow,
  type SealFault,
  type ServedChannel,
  type ToldAbsence,
} from './booking-provider.js';
export { markAbsences, ToldAbsences } from './told-absences.js';
export { type UnnamedCancellation, UnnamedBookings, unnamedIds } from './unnamed-bookings.js';
export type { BookingRow } from './booking.row.js';
export { BookingsModule } from './bookings.module.js';
export { type BookingFilter, Bookings, type EventStatus, eventStatus } from './bookings.service.js';
