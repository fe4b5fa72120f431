import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import type { MergedBooking } from './merged-booking.js';

export type BookingTurn = 'created' | 'updated' | 'moved' | 'canceled' | 'no_show';

/** What one merge did to one booking, and because of it. */
export interface BookingChange {
  bookingId: string;
  externalId: string;
  effect: 'created' | 'changed' | 'unchanged';
  /** How the change is told to another program; null when nothing changed. */
  turn: BookingTurn | null;
  prospectId: string | null;
  prospectEffect: 'created' | 'updated' | null;
  notificationIds: readonly string[];
  /** Taken over in silence: one summary tells of it. */
  quiet: boolean;
}

/** What else a merge did, by the ids it did it to. */
export interface MergeEffects {
  changed: readonly MergedBooking[];
  prospectsCreated: ReadonlySet<string>;
  prospectsTouched: ReadonlySet<string>;
  notifications: readonly { id: string; meta: Record<string, unknown> }[];
}

type OnChanged = (tx: Transaction, changes: readonly BookingChange[]) => Promise<void>;

/**
 * Where rooms below say that they want to hear of bookings. They enrol when they start; what they write in the given
 * transaction becomes true with the merge itself, or not at all.
 */
@Injectable()
export class BookingChanges {
  private readonly listeners: OnChanged[] = [];

  /** Told of what changed and is not taken over in silence. */
  onChanged(listener: OnChanged): void {
    this.listeners.push(listener);
  }

  async changed(tx: Transaction, changes: readonly BookingChange[]): Promise<void> {
    const loud = changes.filter(({ effect, quiet }) => effect !== 'unchanged' && !quiet);
    if (loud.length === 0) return;
    for (const listener of this.listeners) await listener(tx, loud);
  }
}

/** Of each booking that was asked about, and of those that changed along with them. */
export function toBookingChanges(
  asked: ReadonlySet<string>,
  merged: ReadonlyMap<string, MergedBooking>,
  { changed, prospectsCreated, prospectsTouched, notifications }: MergeEffects,
): BookingChange[] {
  const hasChanged = new Set(changed);
  return [...merged.values()]
    .filter((booking) => hasChanged.has(booking) || asked.has(booking.after.externalId))
    .map((booking) => {
      const { id, before, after, prospectId, quiet } = booking;
      const effect = !hasChanged.has(booking) ? 'unchanged' : before === null ? 'created' : 'changed';
      return {
        bookingId: id,
        externalId: after.externalId,
        effect,
        turn: effect === 'unchanged' ? null : turnOf(booking),
        prospectId,
        prospectEffect:
          effect === 'unchanged' ? null : prospectEffectOf(prospectId, prospectsCreated, prospectsTouched),
        notificationIds: notifications.filter(({ meta }) => meta['booking_id'] === id).map((told) => told.id),
        quiet,
      };
    });
}

/**
 * One word for one change. A move is two: what it ends is updated, what it begins is moved; so that the order in which
 * its halves arrive makes no difference.
 */
export function turnOf({ before, after }: Pick<MergedBooking, 'before' | 'after'>): BookingTurn {
  if (after.status === 'canceled' && before?.status !== 'canceled') return 'canceled';
  if (before === null) {
    if (after.status === 'moved') return 'updated';
    return after.previousExternalId === null ? 'created' : 'moved';
  }
  const isMarked = after.noShow.at !== null && before.noShow.at?.getTime() !== after.noShow.at.getTime();
  return isMarked ? 'no_show' : 'updated';
}

function prospectEffectOf(
  prospectId: string | null,
  created: ReadonlySet<string>,
  touched: ReadonlySet<string>,
): BookingChange['prospectEffect'] {
  if (prospectId === null) return null;
  if (created.has(prospectId)) return 'created';
  return touched.has(prospectId) ? 'updated' : null;
}
