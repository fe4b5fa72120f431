import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { textParams } from '@/api/search';
import { shellRoute } from '@/shell/shell.route';

/**
 * Where the browser comes back to from a provider's consent page. `outcome` is of services that finish with the server
 * themselves; `done` stands in the address once there is nothing secret left in it.
 */
export const returnRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/return/$provider',
  validateSearch: textParams('code', 'state', 'error', 'iss', 'outcome', 'reason', 'done'),
  component: lazyRouteComponent(() => import('./return.screen'), 'ReturnScreen'),
});
