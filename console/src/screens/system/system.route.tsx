import { createRoute } from '@tanstack/react-router';
import { shellRoute } from '@/shell/shell.route';
import { Upcoming } from '@/shell/upcoming';

export const systemRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/system',
  component: () => <Upcoming word="system" />,
});
