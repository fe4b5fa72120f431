import type { BookingMail, NotificationDraft } from '../notifications/index.js';
import type { BookingFacts } from './booking-facts.js';
import { bookingMail, movedMail } from './booking-mail.js';
import type { MergedBooking, MergeTarget } from './merged-booking.js';
import {
  canceledText,
  createdText,
  movedText,
  noShowText,
  type TextPair,
  type TextSetting,
  toMoveText,
} from './booking-texts.js';

/**
 * What people should hear because of how one booking changed. Each sentence has a key of its own, so that it is said
 * once however often its reason is found again:
 *
 * - a booking that replaces none is new;
 * - a move is told once for both halves, when the second one is here;
 * - that a host asks for another hour is told at once, and once more when the other hour is chosen;
 * - a cancellation that arrives before its booking says both in one sentence.
 */
export function bookingNews(
  booking: MergedBooking,
  merged: Map<string, MergedBooking>,
  setting: TextSetting,
  target: MergeTarget,
): NotificationDraft[] {
  const { before, after } = booking;
  const draft = (kind: string, key: string, text: TextPair, mail: BookingMail): NotificationDraft =>
    toDraft(booking, target, `${target.source}_${kind}`, key, text, mail);
  const mail = (change: 'created' | 'canceled' | 'no_show') => bookingMail(booking, change, target);

  if (after.status === 'moved') {
    const next = after.nextExternalId === null ? undefined : merged.get(after.nextExternalId);
    if (next) return moveNews(booking, next, setting, target);
    // Said once; the move itself is told when there is one.
    const isNews = after.cancellation?.asksForAnotherTime && before?.status !== 'moved';
    const toMove = movedMail(booking, null, target);
    return isNews ? [draft('booking_moved', `${booking.id}:to-move`, toMoveText(after, setting), toMove)] : [];
  }
  const previous = after.previousExternalId === null ? undefined : merged.get(after.previousExternalId);
  const news: NotificationDraft[] = [];
  if (after.status === 'canceled') {
    if (before?.status !== 'canceled') {
      news.push(
        draft(
          'booking_canceled',
          `${booking.id}:canceled`,
          canceledText(after, before !== null, setting),
          mail('canceled'),
        ),
      );
    }
    return news;
  }
  if (previous) {
    news.push(...moveNews(previous, booking, setting, target));
  } else if (before === null && after.previousExternalId === null) {
    news.push(draft('prospect_created', `${booking.id}:created`, createdText(after, setting), mail('created')));
  }
  if (after.noShow.at !== null && before?.noShow.at?.getTime() !== after.noShow.at.getTime()) {
    news.push(
      draft(
        'booking_no_show',
        `${booking.id}:no-show:${after.noShow.at.toISOString()}`,
        noShowText(after, setting),
        mail('no_show'),
      ),
    );
  }
  return news;
}

/** Both halves may ask for this sentence; the key makes it one. A pair that was complete before is old news. */
function moveNews(
  from: MergedBooking,
  to: MergedBooking,
  setting: TextSetting,
  target: MergeTarget,
): NotificationDraft[] {
  const wasComplete = from.before?.nextExternalId === to.after.externalId && to.before !== null;
  if (to.after.status === 'canceled' || wasComplete) return [];
  return [
    toDraft(
      to,
      target,
      `${target.source}_booking_moved`,
      movedKey(target, from.after),
      movedText(from.after, to.after, setting),
      movedMail(from, to, target),
    ),
  ];
}

/** The same for either half, also while the other is not here: both say whom they replace or were replaced by. */
export function movedKey({ integrationId }: Pick<MergeTarget, 'integrationId'>, half: BookingFacts): string {
  const { externalId, previousExternalId, nextExternalId } = half;
  const [from, to] = half.status === 'moved' ? [externalId, nextExternalId] : [previousExternalId, externalId];
  return `${integrationId}:moved:${from ?? '?'}:${to ?? '?'}`;
}

export function toDraft(
  { id, after, prospectId }: Pick<MergedBooking, 'id' | 'after' | 'prospectId'>,
  target: Pick<MergeTarget, 'provider' | 'integrationId'>,
  type: string,
  key: string,
  text: TextPair,
  mail: BookingMail,
): NotificationDraft {
  return {
    type,
    ...text,
    mail,
    dedupeKey: `booking:${key}`,
    meta: {
      provider: target.provider,
      integration_id: target.integrationId,
      booking_id: id,
      prospect_id: prospectId,
      event_name: after.eventName,
      starts_at: after.startsAt.toISOString(),
    },
  };
}
