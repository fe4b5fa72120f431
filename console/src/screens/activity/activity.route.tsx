import { createRoute } from '@tanstack/react-router';
import { shellRoute } from '@/shell/shell.route';
import { Upcoming } from '@/shell/upcoming';

export const activityRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/activity',
  component: () => <Upcoming word="activity" />,
});
