import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceParam } from '@/api/search';
import { shellRoute } from '@/shell/shell.route';
import { NOTIFICATION_KINDS, type NotificationKind } from './notification-kinds';

export const NOTIFICATION_TABS = ['list', 'groups', 'preferences'] as const;
export type NotificationTab = (typeof NOTIFICATION_TABS)[number];

export const notificationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/notifications',
  validateSearch: (
    raw: Record<string, unknown>,
  ): { tab?: NotificationTab; kind?: NotificationKind; only?: 'unread' } => {
    const tab = choiceParam(raw, 'tab', NOTIFICATION_TABS);
    const kind = choiceParam(raw, 'kind', NOTIFICATION_KINDS);
    const only = choiceParam(raw, 'only', ['unread'] as const);
    return { ...(tab && { tab }), ...(kind && { kind }), ...(only && { only }) };
  },
  component: lazyRouteComponent(() => import('./notifications.screen'), 'NotificationsScreen'),
});
