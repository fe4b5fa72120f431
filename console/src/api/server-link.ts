import { useSyncExternalStore } from 'react';
import { ORIGIN } from './passerelle';

export type ServerLink = 'up' | 'gone';

const FIRST_WAIT_MS = 1_500;
const LONGEST_WAIT_MS = 10_000;

let state: ServerLink = 'up';
let timer: ReturnType<typeof setTimeout> | undefined;
let waitMs = FIRST_WAIT_MS;
const stateListeners = new Set<() => void>();
const returnListeners = new Set<() => void>();

/** Called by whoever got no answer. From then on the server is asked until it answers. */
export function serverIsGone(): void {
  if (state === 'gone') return;
  waitMs = FIRST_WAIT_MS;
  become('gone');
  timer = setTimeout(() => void askAgain(), waitMs);
}

export async function askAgain(): Promise<void> {
  clearTimeout(timer);
  if (await answers()) {
    become('up');
    for (const listener of returnListeners) listener();
    return;
  }
  waitMs = Math.min(waitMs * 1.6, LONGEST_WAIT_MS);
  timer = setTimeout(() => void askAgain(), waitMs);
}

/** Called each time it answers again: what is on screen is old by then. */
export function onServerReturn(listener: () => void): () => void {
  returnListeners.add(listener);
  return () => void returnListeners.delete(listener);
}

export function useServerLink(): ServerLink {
  return useSyncExternalStore(
    (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    () => state,
  );
}

function become(next: ServerLink): void {
  state = next;
  for (const listener of stateListeners) listener();
}

async function answers(): Promise<boolean> {
  try {
    return (await fetch(new URL('/health/ready', ORIGIN), { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}
