import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf, type components, pageOf, rest } from '@/api/passerelle';
import { pagedQuery } from '@/api/paged';

export type Endpoint = components['schemas']['WebhookDto'];
export type EndpointWithSecret = components['schemas']['WebhookWithSecretDto'];
export type Message = components['schemas']['WebhookDeliveryDto'];
export type MessageDetail = components['schemas']['WebhookDeliveryDetailDto'];
export type EventName = Endpoint['events'][number];
export type MessageState = Message['state'];

export const EVENT_NAMES = [
  'prospect.created',
  'prospect.updated',
  'prospect.deleted',
  'booking.created',
  'booking.updated',
  'booking.moved',
  'booking.canceled',
  'booking.no_show',
  'connection.broken',
  'connection.recovered',
] as const satisfies readonly EventName[];

export const MESSAGE_STATES = ['pending', 'sent', 'failed'] as const satisfies readonly MessageState[];

const LOOK_AGAIN_MS = 1_500;

export const endpointsQuery = queryOptions({
  queryKey: ['webhooks', 'list'],
  queryFn: () => bodyOf(rest.GET('/api/webhooks')),
});

export const messagesQuery = (endpointId: string, state: MessageState | undefined) => {
  const query = state ? { state } : {};
  return pagedQuery<Message>(['webhooks', 'messages', endpointId, query], (cursor) =>
    pageOf(
      rest.GET('/api/webhooks/{id}/deliveries', {
        params: { path: { id: endpointId }, query: { ...query, cursor, limit: 25 } },
      }),
    ),
  );
};

export const messageQuery = (endpointId: string, id: string) =>
  queryOptions({
    queryKey: ['webhooks', 'message', endpointId, id],
    queryFn: () =>
      bodyOf(
        rest.GET('/api/webhooks/{id}/deliveries/{deliveryId}', {
          params: { path: { id: endpointId, deliveryId: id } },
        }),
      ),
    // Somebody who looks at a message that is being sent wants to know what came of it.
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? LOOK_AGAIN_MS : false),
  });

export interface WrittenEndpoint {
  readonly url: string;
  readonly events: EventName[];
  readonly enabled: boolean;
}

export function useWriteEndpoint(id: string | null) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (body: WrittenEndpoint): Promise<Endpoint | EndpointWithSecret> =>
      id === null
        ? await bodyOf(rest.POST('/api/webhooks', { body }))
        : await bodyOf(rest.PATCH('/api/webhooks/{id}', { params: { path: { id } }, body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['webhooks'] }),
  });
}

export function useEndpointActions(id: string) {
  const queryClient = useQueryClient();
  const params = { path: { id } };
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: ['webhooks'] });
  return {
    enable: useMutation({
      mutationFn: (enabled: boolean) => bodyOf(rest.PATCH('/api/webhooks/{id}', { params, body: { enabled } })),
      onSuccess,
    }),
    test: useMutation({ mutationFn: () => bodyOf(rest.POST('/api/webhooks/{id}/test', { params })), onSuccess }),
    rotate: useMutation({
      mutationFn: () => bodyOf(rest.POST('/api/webhooks/{id}/rotate-secret', { params })),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: () => rest.DELETE('/api/webhooks/{id}', { params }), onSuccess }),
  };
}

export function useResend(endpointId: string, id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      bodyOf(
        rest.POST('/api/webhooks/{id}/deliveries/{deliveryId}/resend', {
          params: { path: { id: endpointId, deliveryId: id } },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['webhooks'] }),
  });
}
