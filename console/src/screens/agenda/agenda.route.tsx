import { createRoute } from '@tanstack/react-router';
import { shellRoute } from '@/shell/shell.route';
import { Upcoming } from '@/shell/upcoming';

export const agendaRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/agenda',
  component: () => <Upcoming word="agenda" />,
});
