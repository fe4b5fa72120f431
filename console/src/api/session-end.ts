import type { QueryClient } from '@tanstack/react-query';
import type { AnyRouter } from '@tanstack/react-router';
import { isSignedIn } from './account';
import { live, session } from './passerelle';

/**
 * A session can end under a page that is open: its time is over, an administrator has ended it, or somebody has signed
 * out in another tab. The way in is shown at once, and leads back to where they were.
 */
export function followSessionEnd(router: AnyRouter, queryClient: QueryClient): void {
  const leave = () => {
    live.close();
    queryClient.clear();
    const { href, pathname } = router.state.location;
    if (pathname === '/login') return;
    void router.navigate({ to: '/login', search: { next: href, ended: 'true' } as never });
  };
  session.onEnd(leave);
  window.addEventListener('storage', (event) => {
    if (event.key === 'passerelle.session' && !isSignedIn()) leave();
  });
}
