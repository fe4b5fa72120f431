import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { textParams } from '@/api/search';
import { shellRoute } from '@/shell/shell.route';

export const activityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/activity',
  validateSearch: textParams('provider'),
  component: lazyRouteComponent(() => import('./activity.screen'), 'ActivityScreen'),
});
