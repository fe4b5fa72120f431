import {
  CalendarCheck2,
  CalendarDays,
  CalendarPlus,
  CalendarX,
  type LucideIcon,
  Mail,
  RefreshCw,
  UserX,
} from 'lucide-react';
import type { LinkProps } from '@tanstack/react-router';

/** Screens to look at, by the word of their navigation entry. */
export type Screens = readonly { readonly word: string; readonly to: LinkProps['to'] }[];

interface ThingToTry {
  /** Its words: `sandbox:things.<word>`. */
  readonly word: string;
  readonly icon: LucideIcon;
  /** The stand-in's page on which it is done. */
  readonly page: string;
  /** What to look at here afterwards. */
  readonly lookAt: Screens;
}

const ACTIVITY = { word: 'activity', to: '/activity' } as const;
const PROSPECTS = { word: 'prospects', to: '/prospects' } as const;
const AGENDA = { word: 'agenda', to: '/agenda' } as const;
const FORMATIONS = { word: 'formations', to: '/formations' } as const;
const CONNECTIONS = { word: 'connections', to: '/connections' } as const;
const DELIVERIES = { word: 'deliveries', to: '/webhooks' } as const;
const RUNS = { word: 'syncRuns', to: '/sync-runs' } as const;
const MAILS = { word: 'mails', to: '/mails' } as const;

/** A tour: each step shows another part of the product. */
export const THINGS_TO_TRY: readonly ThingToTry[] = [
  { word: 'book', icon: CalendarPlus, page: '/calendly/', lookAt: [ACTIVITY, PROSPECTS] },
  { word: 'move', icon: RefreshCw, page: '/calendly/', lookAt: [PROSPECTS, DELIVERIES] },
  { word: 'cancel', icon: CalendarX, page: '/calendly/', lookAt: [ACTIVITY, AGENDA] },
  { word: 'noShow', icon: UserX, page: '/calendly/', lookAt: [PROSPECTS] },
  { word: 'calCom', icon: CalendarCheck2, page: '/cal-com/', lookAt: [ACTIVITY, PROSPECTS] },
  { word: 'google', icon: CalendarDays, page: '/google/', lookAt: [AGENDA, RUNS] },
  { word: 'outlook', icon: CalendarDays, page: '/outlook/', lookAt: [AGENDA, FORMATIONS] },
  { word: 'mail', icon: Mail, page: '/mail/', lookAt: [MAILS] },
];

interface Fault {
  /** Its words: `sandbox:faults.<word>`. */
  readonly word: string;
  /** The stand-ins' control: pages of another origin may not call it, a terminal may. */
  readonly path: string;
  readonly body: object;
  readonly lookAt: Screens;
}

/** What goes wrong in real life, on demand. */
export const FAULTS: readonly Fault[] = [
  { word: 'revoke', path: '/_sandbox/calendly/revoke-grants', body: {}, lookAt: [CONNECTIONS] },
  { word: 'forge', path: '/_sandbox/calendly/deliveries/forge', body: { times: 1 }, lookAt: [DELIVERIES] },
  {
    word: 'limit',
    path: '/_sandbox/calendly/faults',
    body: { path_prefix: '/scheduled_events', status: 429, times: 1, reset_seconds: 30 },
    lookAt: [CONNECTIONS, RUNS],
  },
  {
    word: 'breakdown',
    path: '/_sandbox/google/faults',
    body: { path_prefix: '/calendars', status: 500, times: 3 },
    lookAt: [RUNS],
  },
  { word: 'cursor', path: '/_sandbox/google/invalidate-sync-tokens', body: {}, lookAt: [RUNS] },
];

export function toCommand(url: string, { path, body }: Fault): string {
  const data = JSON.stringify(body);
  return `curl -X POST ${new URL(path, url).href} -H "Content-Type: application/json" -d '${data}'`;
}
