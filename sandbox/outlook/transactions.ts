import { createHash } from 'node:crypto';
import type { EventBody } from './event-body.js';
import { GraphError } from './graph-error.js';
import { type IdFormat, toId } from './ids.js';
import type { Mailbox } from './mailbox.js';
import type { CalendarItem } from './model.js';
import type { Settings } from './settings.js';

/**
 * A create that is tried again under its transactionId answers the event of the first try. The same id with anything else
 * in the request is refused (contract 6). It is remembered as long as the event is there.
 */
export function findReplay(
  mailbox: Mailbox,
  body: EventBody,
  digest: string,
  idFormat: IdFormat,
  settings: Settings,
): CalendarItem | null {
  const transactionId = body.transactionId || null;
  if (transactionId === null) return null;
  const existing = mailbox.items().find((item) => item.transactionId === transactionId);
  if (!existing) return null;
  if (existing.creationDigest === digest) return existing;
  const core = idFormat === 'immutable' ? existing.immutableCore : existing.mutableCore;
  throw new GraphError(
    settings.duplicate_transaction_status,
    'ErrorDuplicateTransactionId',
    'Your request can not be completed. The TransactionId supplied in your request has already been used to create a different event.',
    settings.duplicate_transaction_names_event ? { '@event.existingEventId': toId(idFormat, core, null) } : {},
  );
}

export function digestOf(calendarId: string, body: EventBody): string {
  return createHash('sha256')
    .update(JSON.stringify([calendarId, sorted(body)]))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, part]) => [name, sorted(part)]);
}
