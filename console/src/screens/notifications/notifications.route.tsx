import { createRoute } from '@tanstack/react-router';
import { shellRoute } from '@/shell/shell.route';
import { Upcoming } from '@/shell/upcoming';

export const notificationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/notifications',
  component: () => <Upcoming word="notifications" />,
});
