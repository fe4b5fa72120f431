import { useSyncExternalStore } from 'react';

/** How long something that has just changed is pointed at. */
export const FRESH_MS = 5_000;

let fresh: ReadonlySet<string> = new Set();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

export function markFresh(id: string): void {
  clearTimeout(timers.get(id));
  timers.set(
    id,
    setTimeout(() => {
      timers.delete(id);
      become([...fresh].filter((other) => other !== id));
    }, FRESH_MS),
  );
  become([...fresh, id]);
}

/** Ids of whatever has changed within the last five seconds. */
export function useFresh(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => fresh,
  );
}

function become(ids: readonly string[]): void {
  fresh = new Set(ids);
  for (const listener of listeners) listener();
}
