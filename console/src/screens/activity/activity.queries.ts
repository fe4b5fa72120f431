import { queryOptions } from '@tanstack/react-query';
import { bodyOf, type components, pageOf, rest } from '@/api/passerelle';
import { pagedQuery } from '@/api/paged';

export type Notification = components['schemas']['NotificationDto'];
type Mail = components['schemas']['MailDto'];
export type MailState = Mail['state'];

/** Everything that was told to the organization, newest first: each is one thing that has happened. */
export const activityQuery = pagedQuery<Notification>(['activity', 'list'], (cursor) =>
  pageOf(rest.GET('/api/notifications', { params: { query: { cursor, limit: 50 } } })),
);

export interface RecentMails {
  /** What became of the mails of a notification. */
  readonly states: ReadonlyMap<string, readonly MailState[]>;
  /** Of anything before this, nothing is known here. */
  readonly since: string | null;
}

const MOST_MAILS = 200;
const LOOK_AGAIN_MS = 2_000;

/** For administrators: nobody else may read the mails. */
export const recentMailsQuery = queryOptions({
  queryKey: ['mails', 'of-activity'],
  queryFn: () => bodyOf(rest.GET('/api/mails', { params: { query: { limit: MOST_MAILS } } })),
  select: (mails): RecentMails => {
    const states = new Map<string, MailState[]>();
    for (const { notification_id: id, state } of mails) {
      if (id !== null) states.set(id, [...(states.get(id) ?? []), state]);
    }
    return { states, since: mails.length < MOST_MAILS ? null : (mails.at(-1)?.created_at ?? null) };
  },
  // A mail leaves a moment after what it tells of, and nobody announces that.
  refetchInterval: ({ state }) => (state.data?.some((mail) => mail.state === 'queued') ? LOOK_AGAIN_MS : false),
});
