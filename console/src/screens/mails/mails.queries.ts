import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { bodyOf, type components, pageOf, rest } from '@/api/passerelle';
import { pagedQuery } from '@/api/paged';

export type Mail = components['schemas']['MailDto'];
export type MailDetail = components['schemas']['MailDetailDto'];
export type MailPreview = components['schemas']['MailPreviewDto'];
export type MailSettings = components['schemas']['MailSettingsDto'];
export type MailState = Mail['state'];

export const MAIL_STATES = ['queued', 'sent', 'bounced', 'failed', 'not_sent'] as const satisfies readonly MailState[];

const RESENDABLE = new Set<MailState>(['bounced', 'failed', 'not_sent']);
const LOOK_AGAIN_MS = 2_000;

export const canResend = ({ state }: Mail): boolean => RESENDABLE.has(state);

export interface MailFilter {
  readonly state?: string;
  readonly booking_id?: string;
  readonly notification_id?: string;
}

export const mailsQuery = (filter: MailFilter) =>
  pagedQuery<Mail>(['mails', 'list', filter], (cursor) =>
    pageOf(rest.GET('/api/mails', { params: { query: { ...(filter as object), cursor, limit: 50 } } })),
  );

/** `locale` is the language of the preview, the mail's own when it is not given. */
export const mailQuery = (id: string, locale?: Mail['locale']) =>
  queryOptions({
    queryKey: ['mails', 'detail', id, locale],
    queryFn: () => bodyOf(rest.GET('/api/mails/{id}', { params: { path: { id }, query: { locale } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'queued' ? LOOK_AGAIN_MS : false),
  });

export function useResend(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(rest.POST('/api/mails/{id}/resend', { params: { path: { id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['mails'] }),
  });
}

export const mailSettingsQuery = queryOptions({
  queryKey: ['mail-settings'],
  queryFn: () => bodyOf(rest.GET('/api/organization/mail-settings')),
});

export function useChangeMailSettings() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: components['schemas']['UpdateMailSettingsDto']) =>
      bodyOf(rest.PATCH('/api/organization/mail-settings', { body })),
    onSuccess: (settings) => queryClient.setQueryData(mailSettingsQuery.queryKey, settings),
  });
}
