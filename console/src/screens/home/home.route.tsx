import { createRoute } from '@tanstack/react-router';
import { shellRoute } from '@/shell/shell.route';
import { Upcoming } from '@/shell/upcoming';

export const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  component: () => <Upcoming word="home" />,
});
