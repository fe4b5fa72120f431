import { Injectable } from '@nestjs/common';
import type { Role } from '../../accounts/index.js';
import type { Transaction } from '../../platform/database/transaction.js';
import type { Locale } from '../../platform/errors/problem.js';
import { mailboxKey, toMailbox } from '../mail/mailbox.js';
import { type Channels, defaultChannels, type NotificationKind } from '../notification-kind.js';

/** Somebody of the organization, and what they have chosen. */
export interface Reader {
  id: string;
  email: string;
  role: Role;
  /** By kind; a kind that is missing follows the default. */
  choices: Partial<Record<string, Channels>>;
}

export interface MailTerms {
  enabled: boolean;
  /** Mailboxes that belong to the organization rather than to one person. */
  recipients: readonly string[];
  locale: Locale;
}

/** Who hears what is told in one organization, and how. */
export interface Audience {
  organization: { name: string; timeZone: string };
  readers: readonly Reader[];
  mail: MailTerms;
}

/** What is told: of which kind, and for whom when it is for one person. */
export interface Told {
  kind: NotificationKind;
  userId: string | null;
}

@Injectable()
export class Audiences {
  async load(tx: Transaction): Promise<Audience> {
    const [terms] = await tx.query<MailTerms & { name: string; timeZone: string }>(
      `SELECT o.name, o.time_zone AS "timeZone", coalesce(s.enabled, true) AS enabled,
         coalesce(s.recipients, '{}') AS recipients, coalesce(s.locale, o.locale) AS locale
       FROM organizations o LEFT JOIN mail_settings s ON s.organization_id = o.id
       WHERE o.id = $1`,
      [tx.organizationId],
    );
    if (terms === undefined) throw new Error('An audience needs a unit of work of an organization that exists');
    const { name, timeZone, ...mail } = terms;
    return { organization: { name, timeZone }, readers: await listReaders(tx), mail };
  }
}

/** Those who hear of it in the application; null: everybody, so that nobody has to be named. */
export function listeners({ readers }: Audience, { kind }: Told): Reader[] | null {
  const wanting = readers.filter(({ choices }) => choices[kind]?.inApp ?? defaultChannels(kind).inApp);
  return wanting.length === readers.length ? null : wanting;
}

/**
 * The mailboxes a mail about it goes to, each once.
 *
 * - What is for one person goes to that person, unless they have chosen otherwise.
 * - What is for all goes to the organization's own mailboxes if it is of a kind that is mailed unasked, and to every
 *   person who has asked for it.
 * - As long as the organization has named no mailbox, its owners get what is mailed unasked: somebody must hear that a
 *   connection broke.
 */
export function mailRecipients({ readers, mail }: Audience, { kind, userId }: Told): string[] {
  if (!mail.enabled) return [];
  const unasked = defaultChannels(kind).email;
  const people = readers.filter(({ id, role, choices }) => {
    if (userId !== null && id !== userId) return false;
    const isMeant = userId !== null || (role === 'owner' && mail.recipients.length === 0);
    return choices[kind]?.email ?? (unasked && isMeant);
  });
  const shared = unasked && userId === null ? mail.recipients : [];
  const mailboxes = [...shared, ...people.map(({ email }) => email)].map(toMailbox).filter((found) => found !== null);
  return [...new Map(mailboxes.map((mailbox) => [mailboxKey(mailbox), mailbox])).values()];
}

/** The mailboxes of what is for the organization as a whole and was asked for: the digest. */
export function organizationMailboxes({ readers, mail }: Audience): string[] {
  const owners = readers.filter(({ role }) => role === 'owner').map(({ email }) => email);
  const named = (mail.recipients.length > 0 ? mail.recipients : owners)
    .map(toMailbox)
    .filter((found) => found !== null);
  return [...new Map(named.map((mailbox) => [mailboxKey(mailbox), mailbox])).values()];
}

function listReaders(tx: Transaction): Promise<Reader[]> {
  return tx.query<Reader>(
    `SELECT u.id, u.email, u.role, coalesce(
         jsonb_object_agg(p.kind, jsonb_build_object('inApp', p.in_app, 'email', p.email)) FILTER (WHERE p.kind IS NOT NULL),
         '{}') AS choices
     FROM users u
     LEFT JOIN notification_preferences p ON p.organization_id = u.organization_id AND p.user_id = u.id
     WHERE u.organization_id = $1 AND u.removed_at IS NULL
     GROUP BY u.id ORDER BY u.id`,
    [tx.organizationId],
  );
}
