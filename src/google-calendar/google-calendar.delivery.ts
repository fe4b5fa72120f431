import type { IncomingHttpHeaders } from 'node:http';

/** What a push says: that the channel is open, or that something in the calendar changed, never what. */
export interface ChannelNotice {
  readonly externalId: string;
  readonly secret: string;
  readonly kind: 'opened' | 'changed';
}

/**
 * A push is its headers; the body is empty. Nothing in it is signed: who sends it knows the channel's id and its token.
 * Null for what is no push of a channel of ours.
 * https://developers.google.com/workspace/calendar/api/guides/push
 */
export function readNotice(headers: IncomingHttpHeaders): ChannelNotice | null {
  const externalId = textOf(headers['x-goog-channel-id'], 64);
  const secret = textOf(headers['x-goog-channel-token'], 256);
  const state = textOf(headers['x-goog-resource-state'], 64);
  if (externalId === null || secret === null || state === null) return null;
  // Whatever comes after `sync`, be it `exists`, `not_exists` or a word to come, is a reason to look.
  return { externalId, secret, kind: state === 'sync' ? 'opened' : 'changed' };
}

function textOf(header: string | string[] | undefined, longest: number): string | null {
  return typeof header === 'string' && header !== '' && header.length <= longest ? header : null;
}
