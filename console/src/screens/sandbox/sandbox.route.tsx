import { createRoute } from '@tanstack/react-router';
import { shellRoute } from '@/shell/shell.route';
import { Upcoming } from '@/shell/upcoming';

export const sandboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/sandbox',
  component: () => <Upcoming word="sandbox" />,
});
