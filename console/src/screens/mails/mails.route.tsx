import { createRoute } from '@tanstack/react-router';
import { shellRoute } from '@/shell/shell.route';
import { Upcoming } from '@/shell/upcoming';

export const mailsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/mails',
  component: () => <Upcoming word="mails" />,
});
