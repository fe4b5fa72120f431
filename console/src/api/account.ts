import { queryOptions, useSuspenseQuery, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { type components } from '@passerelle/client';
import { bodyOf, rest, session } from './passerelle';

export type Me = components['schemas']['MeDto'];
export type Role = components['schemas']['UserDto']['role'];

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => bodyOf(rest.GET('/api/auth/me')),
  staleTime: 5 * 60_000,
});

/** Who is signed in; the shell has it before any screen is shown. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

export function useMaybeMe(): Me | undefined {
  return useQuery(meQuery).data;
}

const ORDER: readonly Role[] = ['member', 'admin', 'owner'];

export function hasRole(role: Role, needed: Role): boolean {
  return ORDER.indexOf(role) >= ORDER.indexOf(needed);
}

export const isSignedIn = (): boolean => session.current !== null;

/** Follows sign-outs of other tabs too. */
export function useIsSignedIn(): boolean {
  return useSyncExternalStore((listener) => {
    window.addEventListener('storage', listener);
    const stop = session.onEnd(listener);
    return () => {
      window.removeEventListener('storage', listener);
      stop();
    };
  }, isSignedIn);
}
