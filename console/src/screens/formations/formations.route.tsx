import { createRoute } from '@tanstack/react-router';
import { shellRoute } from '@/shell/shell.route';
import { Upcoming } from '@/shell/upcoming';

export const formationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/formations',
  component: () => <Upcoming word="formations" />,
});
