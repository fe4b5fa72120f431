import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { textParams } from '@/api/search';
import { shellRoute } from '@/shell/shell.route';

export const syncRunsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sync-runs',
  // `open` is the reading whose detail is shown.
  validateSearch: textParams('provider', 'state', 'trigger', 'integration_id', 'open'),
  component: lazyRouteComponent(() => import('./sync-runs.screen'), 'SyncRunsScreen'),
});
