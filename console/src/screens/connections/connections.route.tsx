import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceParam, textParam } from '@/api/search';
import { shellRoute } from '@/shell/shell.route';

export const CONNECTION_TABS = ['overview', 'calendars', 'rules', 'runs', 'webhooks', 'danger'] as const;
export type ConnectionTab = (typeof CONNECTION_TABS)[number];

export const connectionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/connections',
  component: lazyRouteComponent(() => import('./connections.screen'), 'ConnectionsScreen'),
});

export const connectionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/connections/$provider',
  // One account of several; the provider's first when not given.
  validateSearch: (raw: Record<string, unknown>): { account?: string; tab?: ConnectionTab } => {
    const account = textParam(raw, 'account');
    const tab = choiceParam(raw, 'tab', CONNECTION_TABS);
    return { ...(account && { account }), ...(tab && { tab }) };
  },
  component: lazyRouteComponent(() => import('./connection.screen'), 'ConnectionScreen'),
});
