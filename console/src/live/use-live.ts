import { useQueryClient } from '@tanstack/react-query';
import type { LiveStatus, SocketMessageName, SocketMessages } from '@passerelle/client';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { live } from '@/api/passerelle';
import { announce } from './announcements';
import { markFresh } from './fresh';
import { MADE_OLD_BY, subjectOf } from './reactions';

export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(
    (listener) => live.onStatus(listener),
    () => live.current,
  );
}

/** For a screen that wants the messages themselves. Most only want their lists to be up to date, and need nothing. */
export function useLiveMessage<Name extends SocketMessageName>(
  name: Name,
  listener: (payload: SocketMessages[Name]) => void,
): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => live.on(name, (payload) => latest.current(payload)), [name]);
}

/** The first of several messages waits for those of the same moment, the next readings keep a distance. */
const SETTLES_MS = 25;
const GATHERED_MS = 150;

/** Keeps what is on screen true while somebody is signed in. Used once, by the shell. */
export function useLiveUpdates(): void {
  const queryClient = useQueryClient();
  const { t } = useTranslation('shell');
  const translate = useRef(t);
  translate.current = t;

  useEffect(() => {
    const old = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let readAt = -Infinity;
    let connections = 0;

    // Twenty bookings a second are one reading, not twenty.
    const makeOld = (name: SocketMessageName) => {
      for (const key of MADE_OLD_BY[name]) old.add(JSON.stringify(key));
      const wait = Math.max(SETTLES_MS, readAt + GATHERED_MS - performance.now());
      timer ??= setTimeout(() => {
        timer = undefined;
        readAt = performance.now();
        for (const key of old) void queryClient.invalidateQueries({ queryKey: JSON.parse(key) as unknown[] });
        old.clear();
      }, wait);
    };

    const stops = [
      live.onMessage((name, payload) => {
        const subject = subjectOf(name, payload);
        if (subject !== null) markFresh(subject);
        makeOld(name);
        const sentence = sentenceOf(name, payload);
        if (sentence) announce(translate.current(sentence[0], sentence[1]));
      }),
      live.onConnect(() => {
        connections += 1;
        // What was said during a break is in the lists.
        if (connections > 1) void queryClient.invalidateQueries();
      }),
    ];
    live.open();
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
      live.close();
    };
  }, [queryClient]);
}

function sentenceOf<Name extends SocketMessageName>(
  name: Name,
  payload: SocketMessages[Name],
): [string, Record<string, string>] | null {
  if (name === 'prospect:created' || name === 'prospect:updated') {
    const { firstname, lastname, email } = payload as SocketMessages['prospect:created'];
    const person = `${firstname} ${lastname}`.trim() || email || '';
    return [name === 'prospect:created' ? 'announce.prospectCreated' : 'announce.prospectUpdated', { name: person }];
  }
  return name === 'prospect:deleted' ? ['announce.prospectDeleted', {}] : null;
}
