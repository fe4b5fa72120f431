import { createRoute } from '@tanstack/react-router';
import { shellRoute } from '@/shell/shell.route';
import { Upcoming } from '@/shell/upcoming';

export const syncRunsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sync-runs',
  component: () => <Upcoming word="syncRuns" />,
});
