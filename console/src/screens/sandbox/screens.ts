import type { LinkProps } from '@tanstack/react-router';

/** Screens to look at, by the word of their navigation entry. */
export type Screens = readonly { readonly word: string; readonly to: LinkProps['to'] }[];

export const ACTIVITY = { word: 'activity', to: '/activity' } as const;
export const PROSPECTS = { word: 'prospects', to: '/prospects' } as const;
export const AGENDA = { word: 'agenda', to: '/agenda' } as const;
export const FORMATIONS = { word: 'formations', to: '/formations' } as const;
export const CONNECTIONS = { word: 'connections', to: '/connections' } as const;
export const NOTIFICATIONS = { word: 'notifications', to: '/notifications' } as const;
export const DELIVERIES = { word: 'deliveries', to: '/webhooks' } as const;
export const RUNS = { word: 'syncRuns', to: '/sync-runs' } as const;
export const MAILS = { word: 'mails', to: '/mails' } as const;
