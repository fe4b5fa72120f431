import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { textParams } from '@/api/search';
import { shellRoute } from '@/shell/shell.route';

export const prospectsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/prospects',
  // `open` is the prospect whose detail is shown.
  validateSearch: textParams('search', 'source', 'status', 'open'),
  component: lazyRouteComponent(() => import('./prospects.screen'), 'ProspectsScreen'),
});
