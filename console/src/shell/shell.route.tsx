import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { isSignedIn, meQuery } from '@/api/account';
import { queryClient } from '@/api/query-client';
import { trialQuery } from '@/api/trial';
import { rootRoute } from './root.route';
import { NotFound, RouteProblem } from './route-problem';

/** Everything that needs somebody to be signed in. Whoever is not comes back to the same place afterwards. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: ({ location }) => {
    if (!isSignedIn()) throw redirect({ to: '/login', search: { next: location.href } });
  },
  loader: async () => {
    void queryClient.prefetchQuery(trialQuery);
    await queryClient.ensureQueryData(meQuery);
  },
  component: lazyRouteComponent(() => import('./shell'), 'Shell'),
  notFoundComponent: NotFound,
  errorComponent: RouteProblem,
});
