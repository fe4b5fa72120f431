import type { SealedPlace } from '../../platform/crypto/field-cipher.js';
import type { Locale } from '../../platform/errors/problem.js';
import type { NotificationKind } from '../notification-kind.js';

/**
 * How a mail stands:
 *
 * - **queued**: promised, and to be tried, now or again;
 * - **sent**: a server has taken it over;
 * - **bounced**: a server has refused it for good;
 * - **failed**: given up after a day of trying;
 * - **not_sent**: kept and shown only, because there is no server to give it to.
 */
export const MAIL_STATES = ['queued', 'sent', 'bounced', 'failed', 'not_sent'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** A mail as the `mails` table holds it. */
export interface MailRow {
  id: string;
  kind: NotificationKind | 'digest';
  recipient: string;
  locale: Locale;
  /** Sealed; null once its time has passed. */
  model: string | null;
  message_id: string;
  state: MailState;
  attempts: number;
  last_error: string | null;
  first_tried_at: Date | null;
  next_attempt_at: Date | null;
  sent_at: Date | null;
  notification_id: string | null;
  booking_id: string | null;
  prospect_id: string | null;
  integration_id: string | null;
  created_at: Date;
}

export const MAIL_COLUMNS = [
  'id',
  'kind',
  'recipient',
  'locale',
  'model',
  'message_id',
  'state',
  'attempts',
  'last_error',
  'first_tried_at',
  'next_attempt_at',
  'sent_at',
  'notification_id',
  'booking_id',
  'prospect_id',
  'integration_id',
  'created_at',
].join(', ');

export function modelPlace(mailId: string): SealedPlace {
  return { table: 'mails', column: 'model', rowId: mailId };
}
