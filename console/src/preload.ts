import type { createConsoleRouter } from './router';

const REST_MS = 2_000;

/**
 * Fetches the code of every screen while the page has nothing else to do: one that is opened for the first time needs no
 * server then, and one that a new version has replaced meanwhile is here already.
 */
export function preloadScreens(router: ReturnType<typeof createConsoleRouter>): void {
  const waiting = Object.values(router.routesById);
  const next = (): void => {
    const route = waiting.pop();
    if (route === undefined) return;
    // Left out for now: it is asked for again when somebody goes there.
    Promise.resolve(router.loadRouteChunk(route)).then(whenIdle, () => undefined);
  };
  const whenIdle = (): void => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(next);
    else setTimeout(next);
  };
  setTimeout(whenIdle, REST_MS);
}
