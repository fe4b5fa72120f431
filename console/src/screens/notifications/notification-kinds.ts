import {
  Bell,
  CalendarClock,
  CalendarPlus,
  CalendarX,
  DownloadCloud,
  Hand,
  type LucideIcon,
  PackageX,
  Plug,
  Unplug,
  UserX,
} from 'lucide-react';
import type { Tone } from '@/components/badge';

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

export const KIND_LOOKS: Record<NotificationKind, { tone: Tone; icon: LucideIcon }> = {
  booking_created: { tone: 'good', icon: CalendarPlus },
  booking_moved: { tone: 'info', icon: CalendarClock },
  booking_canceled: { tone: 'bad', icon: CalendarX },
  booking_no_show: { tone: 'warn', icon: UserX },
  connection_broken: { tone: 'bad', icon: Unplug },
  connection_recovered: { tone: 'good', icon: Plug },
  import_finished: { tone: 'info', icon: DownloadCloud },
  sync_needs_approval: { tone: 'warn', icon: Hand },
  dead_letters: { tone: 'bad', icon: PackageX },
  other: { tone: 'idle', icon: Bell },
};

// A notification's type begins with its provider's name; how it ends says what it is about.
const ENDINGS: readonly (readonly [ending: string, kind: NotificationKind])[] = [
  ['prospect_created', 'booking_created'],
  ['webhook_restored', 'import_finished'],
  ['webhook_disabled', 'connection_broken'],
  ...NOTIFICATION_KINDS.map((kind) => [kind, kind] as const),
];

export function kindOf(type: string): NotificationKind {
  return ENDINGS.find(([ending]) => type === ending || type.endsWith(`_${ending}`))?.[1] ?? 'other';
}
