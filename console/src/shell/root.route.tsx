import { createRootRoute, Outlet } from '@tanstack/react-router';
import { TooltipProvider } from '@/components/tooltip';
import { Toasts } from '@/components/toast';
import { useAnnouncement } from '@/live/announcements';
import { NotFound, RouteProblem } from './route-problem';

export const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: RouteProblem,
});

function Root() {
  return (
    <TooltipProvider delayDuration={400}>
      <Outlet />
      <Toasts />
      <Announcements />
    </TooltipProvider>
  );
}

function Announcements() {
  const text = useAnnouncement();
  return (
    <div role="log" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}
