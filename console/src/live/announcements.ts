import { useSyncExternalStore } from 'react';
import { i18n } from '@/i18n/i18n';

/** A screen reader that is told of every row would say nothing else. */
const AT_MOST_EVERY_MS = 5_000;

let waiting: string[] = [];
let spoken = '';
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Says something that nobody here has caused: at once when it is quiet, in one sentence with others when it is not. */
export function announce(text: string): void {
  waiting.push(text);
  if (timer === undefined) speak();
}

function speak(): void {
  timer = undefined;
  if (waiting.length === 0) return;
  spoken = waiting.length <= 2 ? waiting.join('. ') : i18n.t('shell:announce.many', { count: waiting.length });
  waiting = [];
  for (const listener of listeners) listener();
  timer = setTimeout(speak, AT_MOST_EVERY_MS);
}

export function useAnnouncement(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => spoken,
  );
}
