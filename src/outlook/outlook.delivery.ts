import type { PushNotice } from '../deliveries/index.js';
import { notificationWire } from './outlook.wire.js';

/** Far more than Graph puts into one notification; each costs a look into the database. */
const MOST_NOTICES = 1_000;

/**
 * The notices in a notification, which may mix channels; null when it is no JSON object at all. An item that is not what
 * the document promises says nothing, and the others are heard all the same: an error would only bring all of them again.
 * https://learn.microsoft.com/graph/change-notifications-delivery-webhooks
 */
export function readNotices(body: Buffer): PushNotice[] | null {
  const envelope = parseJson(body);
  if (typeof envelope !== 'object' || envelope === null || Array.isArray(envelope)) return null;
  const { value } = envelope as { value?: unknown };
  const notices = Array.isArray(value) ? value.map(toNotice).filter((notice) => notice !== null) : [];
  // A hundred changes are one reading.
  return [...new Map(notices.map((notice) => [JSON.stringify(notice), notice])).values()].slice(0, MOST_NOTICES);
}

function toNotice(item: unknown): PushNotice | null {
  const parsed = notificationWire.safeParse(item);
  if (!parsed.success) return null;
  const { subscriptionId, clientState, changeType, lifecycleEvent } = parsed.data;
  const kind = lifecycleEvent ? toLifecycleKind(lifecycleEvent) : changeType ? 'changed' : null;
  return kind && { externalId: subscriptionId, secret: clientState, kind };
}

/** https://learn.microsoft.com/graph/change-notifications-lifecycle-events */
function toLifecycleKind(event: string): PushNotice['kind'] | null {
  switch (event) {
    case 'reauthorizationRequired':
      return 'must-extend';
    case 'subscriptionRemoved':
      return 'lost';
    case 'missed':
      return 'missed';
    default:
      return null;
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
