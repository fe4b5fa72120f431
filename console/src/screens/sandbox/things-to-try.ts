import { CalendarCheck2, CalendarDays, CalendarPlus, type LucideIcon, Mail, UserX } from 'lucide-react';
import { ACTIVITY, AGENDA, FORMATIONS, MAILS, PROSPECTS, RUNS, type Screens } from './screens';

interface ThingToTry {
  /** Its words: `sandbox:things.<word>`. */
  readonly word: string;
  readonly icon: LucideIcon;
  /** The stand-in's page on which it is done. */
  readonly page: string;
  /** What to look at here afterwards. */
  readonly lookAt: Screens;
}

/** What wants somebody to choose or to write something: it is done on the pages of the stand-ins themselves. */
export const THINGS_TO_TRY: readonly ThingToTry[] = [
  { word: 'calendly', icon: CalendarPlus, page: '/calendly/', lookAt: [ACTIVITY, PROSPECTS] },
  { word: 'noShow', icon: UserX, page: '/calendly/', lookAt: [PROSPECTS] },
  { word: 'calCom', icon: CalendarCheck2, page: '/cal-com/', lookAt: [ACTIVITY, PROSPECTS] },
  { word: 'google', icon: CalendarDays, page: '/google/', lookAt: [AGENDA, RUNS] },
  { word: 'outlook', icon: CalendarDays, page: '/outlook/', lookAt: [AGENDA, FORMATIONS] },
  { word: 'mail', icon: Mail, page: '/mail/', lookAt: [MAILS] },
];
