import { kindOf, type NotificationKind } from '../notifications/notification-kinds';
import type { MailState, Notification, RecentMails } from './activity.queries';

export type StepName = 'booking' | 'prospect' | 'note' | 'notification' | 'mail';
export type StepState = 'done' | 'waiting' | 'failed' | 'none';

export interface Step {
  readonly name: StepName;
  readonly state: StepState;
}

const OF_BOOKINGS = new Set<NotificationKind>([
  'booking_created',
  'booking_moved',
  'booking_canceled',
  'booking_no_show',
]);

export function textIn(meta: Notification['meta'], name: string): string | null {
  const value = (meta as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/**
 * What one booking has led to, in the order of cause and effect. Booking, prospect, note and notification are written in
 * one transaction: where the notification is, the others are. Empty for what is no booking.
 */
export function stepsOf(notification: Notification, mails: RecentMails | undefined): Step[] {
  if (!OF_BOOKINGS.has(kindOf(notification.type))) return [];
  const hasProspect = textIn(notification.meta, 'prospect_id') !== null;
  const mail = mailStep(notification, mails);
  return [
    { name: 'booking', state: 'done' },
    { name: 'prospect', state: hasProspect ? 'done' : 'none' },
    { name: 'note', state: hasProspect ? 'done' : 'none' },
    { name: 'notification', state: 'done' },
    ...(mail === null ? [] : [{ name: 'mail' as const, state: mail }]),
  ];
}

const FAILED = new Set<MailState>(['bounced', 'failed']);

/** Null when it is not known here. */
function mailStep({ id, created_at: at }: Notification, mails: RecentMails | undefined): StepState | null {
  if (mails === undefined) return null;
  const states = mails.states.get(id);
  if (states === undefined) return mails.since !== null && at < mails.since ? null : 'none';
  if (states.some((state) => FAILED.has(state))) return 'failed';
  return states.includes('queued') ? 'waiting' : 'done';
}
