import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { textParams } from '@/api/search';
import { shellRoute } from '@/shell/shell.route';

export const formationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/formations',
  // `open` is the formation whose detail is shown.
  validateSearch: textParams('search', 'status', 'open'),
  component: lazyRouteComponent(() => import('./formations.screen'), 'FormationsScreen'),
});
