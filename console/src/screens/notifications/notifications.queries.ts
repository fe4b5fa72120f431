import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf, type components, pageOf, rest } from '@/api/passerelle';
import { pagedQuery } from '@/api/paged';
import type { NotificationKind } from './notification-kinds';

export type Notification = components['schemas']['NotificationDto'];
export type NotificationGroup = components['schemas']['NotificationGroupDto'];
export type Preference = components['schemas']['NotificationPreferenceDto'];

export interface NotificationFilter {
  readonly kind?: NotificationKind;
  readonly unread?: boolean;
}

export const notificationsQuery = (filter: NotificationFilter) =>
  pagedQuery<Notification>(['notifications', 'list', filter], (cursor) =>
    pageOf(rest.GET('/api/notifications', { params: { query: { ...filter, cursor, limit: 50 } } })),
  );

export const groupsQuery = queryOptions({
  queryKey: ['notifications', 'groups'],
  queryFn: () => bodyOf(rest.GET('/api/notifications/groups', { params: { query: { limit: 100 } } })),
});

export const preferencesQuery = queryOptions({
  queryKey: ['notification-preferences'],
  queryFn: () => bodyOf(rest.GET('/api/notification-preferences')),
});

export function useMarkRead() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => bodyOf(rest.POST('/api/notifications/{id}/read', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['notifications'] }),
  });
}

export function useMarkAllRead() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (kind: NotificationKind | undefined) =>
      bodyOf(rest.POST('/api/notifications/read-all', { params: { query: kind ? { kind } : {} } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['notifications'] }),
  });
}

export interface Channels {
  readonly kind: NotificationKind;
  /** Null: as everybody who has not chosen. */
  readonly choice: { readonly in_app: boolean; readonly email: boolean } | null;
}

/** The server wants all choices at once: those that were made before go along. */
export function useChoosePreference() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, choice }: Channels) => {
      const known = queryClient.getQueryData(preferencesQuery.queryKey) ?? [];
      const others = known
        .filter((preference) => preference.chosen && preference.kind !== kind)
        .map(({ kind: other, in_app, email }) => ({ kind: other, in_app, email }));
      const preferences = choice === null ? others : [...others, { kind, ...choice }];
      return bodyOf(rest.PUT('/api/notification-preferences', { body: { preferences } }));
    },
    onSuccess: (preferences) => queryClient.setQueryData(preferencesQuery.queryKey, preferences),
  });
}
