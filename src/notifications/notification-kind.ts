/** What a notification is about, whichever provider it came from: what people choose by. */
export const NOTIFICATION_KINDS = [
  'booking_created',
  'booking_moved',
  'booking_canceled',
  'booking_no_show',
  'connection_broken',
  'connection_recovered',
  'import_finished',
  'sync_needs_approval',
  'dead_letters',
  'other',
] as const;

export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Through which doors a kind reaches a person; through neither, it does not. */
export interface Channels {
  inApp: boolean;
  email: boolean;
}

/**
 * For whoever has not chosen. Everything is told in the application. A mail is for what somebody should know before the
 * next look at the screen: who comes and when, and what stands still until somebody acts. The rest is no interruption.
 */
const MAILED_UNASKED: ReadonlySet<NotificationKind> = new Set([
  'booking_created',
  'booking_moved',
  'booking_canceled',
  'connection_broken',
  'sync_needs_approval',
  'dead_letters',
]);

export function defaultChannels(kind: NotificationKind): Channels {
  return { inApp: true, email: MAILED_UNASKED.has(kind) };
}

/** Types carry the name of their provider in front; what follows says what happened. */
const KIND_OF_ENDING: readonly [ending: string, kind: NotificationKind][] = [
  ['prospect_created', 'booking_created'],
  ['booking_created', 'booking_created'],
  ['booking_moved', 'booking_moved'],
  ['booking_canceled', 'booking_canceled'],
  ['booking_no_show', 'booking_no_show'],
  ['connection_broken', 'connection_broken'],
  ['connection_recovered', 'connection_recovered'],
  ['import_finished', 'import_finished'],
  ['webhook_restored', 'import_finished'],
  ['needs_approval', 'sync_needs_approval'],
  ['dead_letters', 'dead_letters'],
];

export function kindOf(type: string): NotificationKind {
  return KIND_OF_ENDING.find(([ending]) => type === ending || type.endsWith(`_${ending}`))?.[1] ?? 'other';
}
