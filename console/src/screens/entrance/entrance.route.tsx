import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { isSignedIn } from '@/api/account';
import { trialQuery } from '@/api/trial';
import { queryClient } from '@/api/query-client';
import { rootRoute } from '@/shell/root.route';

export interface EntranceSearch {
  /** Where to go on: a path of the console, and nothing else. */
  next?: string;
  /** Why one has to sign in again. */
  ended?: 'true';
}

function validateSearch({ next, ended }: Record<string, unknown>): EntranceSearch {
  return {
    ...(typeof next === 'string' && /^\/(?![/\\])/.test(next) && { next }),
    ...(ended === 'true' && { ended }),
  };
}

const beforeLoad = ({ search }: { search: EntranceSearch }) => {
  if (isSignedIn()) throw redirect({ to: search.next ?? '/' });
};
const loader = () => void queryClient.prefetchQuery(trialQuery);

export const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch,
  beforeLoad,
  loader,
  component: lazyRouteComponent(() => import('./login.screen'), 'LoginScreen'),
});

export const registerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/register',
  validateSearch,
  beforeLoad,
  loader,
  component: lazyRouteComponent(() => import('./register.screen'), 'RegisterScreen'),
});
