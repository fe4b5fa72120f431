import {
  CalendarCog,
  CalendarPlus,
  CalendarX,
  Copy,
  Gauge,
  History,
  KeyRound,
  type LucideIcon,
  RefreshCw,
  ServerCrash,
  ShieldAlert,
} from 'lucide-react';
import { ACTIVITY, AGENDA, CONNECTIONS, DELIVERIES, NOTIFICATIONS, PROSPECTS, RUNS, type Screens } from './screens';

export interface GestureToTry {
  /** The sandbox's word for it; its own words are `sandbox:gestures.<word>`. */
  readonly word: string;
  readonly icon: LucideIcon;
  /** Nothing shows before the account is read again: that is asked for at once. */
  readonly showsWhenRead?: true;
  /** What to look at here afterwards. */
  readonly lookAt: Screens;
}

export const DAILY: readonly GestureToTry[] = [
  { word: 'book', icon: CalendarPlus, lookAt: [ACTIVITY, PROSPECTS] },
  { word: 'move', icon: RefreshCw, lookAt: [PROSPECTS, DELIVERIES] },
  { word: 'cancel', icon: CalendarX, lookAt: [ACTIVITY, AGENDA] },
  { word: 'edit', icon: CalendarCog, lookAt: [AGENDA, RUNS] },
];

export const MISHAPS: readonly GestureToTry[] = [
  { word: 'repeat', icon: Copy, lookAt: [DELIVERIES] },
  { word: 'forge', icon: ShieldAlert, showsWhenRead: true, lookAt: [DELIVERIES, RUNS] },
  { word: 'revoke', icon: KeyRound, showsWhenRead: true, lookAt: [CONNECTIONS, NOTIFICATIONS] },
  { word: 'limit', icon: Gauge, showsWhenRead: true, lookAt: [CONNECTIONS, RUNS] },
  { word: 'breakdown', icon: ServerCrash, showsWhenRead: true, lookAt: [RUNS] },
  { word: 'cursor', icon: History, showsWhenRead: true, lookAt: [RUNS] },
];
