import { createRoute } from '@tanstack/react-router';
import { shellRoute } from '@/shell/shell.route';
import { Upcoming } from '@/shell/upcoming';

export const returnRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/return/$provider',
  component: () => <Upcoming word="connections" />,
});
