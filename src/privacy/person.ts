import type { Transaction } from '../platform/database/transaction.js';
import { toEmailKey } from '../prospects/index.js';
import { type Traces, tracePattern } from './traces.js';

/** Somebody as one organization knows them: where they stand, and by what they are recognised elsewhere. */
export interface Person {
  readonly emailKey: string;
  readonly prospectIds: readonly string[];
  readonly bookingIds: readonly string[];
  readonly participantIds: readonly string[];
  readonly traces: Traces;
  /** Of `traces`, for regular expressions. */
  readonly pattern: string;
}

interface Found {
  kind: 'prospect' | 'booking' | 'participant';
  id: string;
  names: (string | null)[];
  phone: string | null;
}

/** Looks where a person stands with their address. That nobody is found does not mean that no text speaks of them. */
export async function findPerson(tx: Transaction, address: string): Promise<Person> {
  const emailKey = toEmailKey(address);
  if (emailKey === null) throw new NotAnAddress();
  const found = await tx.query<Found>(
    `SELECT 'prospect' AS kind, id, ARRAY[firstname || ' ' || lastname, lastname || ' ' || firstname] AS names, phone
     FROM prospects WHERE organization_id = $1 AND email_key = $2
     UNION ALL
     SELECT 'booking', id, ARRAY[invitee_name, invitee_firstname || ' ' || invitee_lastname], invitee_phone
     FROM bookings WHERE organization_id = $1 AND invitee_email_key = ANY($3)
     UNION ALL
     SELECT 'booking', b.id, ARRAY[b.invitee_name], b.invitee_phone
     FROM bookings b JOIN prospects p ON p.id = b.prospect_id AND p.organization_id = b.organization_id
     WHERE b.organization_id = $1 AND p.email_key = $2 AND b.invitee_email IS NULL
     UNION ALL
     SELECT 'participant', id, ARRAY[name], NULL
     FROM formation_participants WHERE organization_id = $1 AND (email_key = $2 OR lower(email) = ANY($3))`,
    [tx.organizationId, emailKey, [emailKey, address.trim().toLowerCase()]],
  );
  const idsOf = (kind: Found['kind']) => [...new Set(found.flatMap((one) => (one.kind === kind ? [one.id] : [])))];
  const traces = {
    email: emailKey,
    names: [...new Set(found.flatMap(({ names }) => names).flatMap((name) => name?.trim() || []))],
    phones: [...new Set(found.flatMap(({ phone }) => phone ?? []))],
  };
  return {
    emailKey,
    prospectIds: idsOf('prospect'),
    bookingIds: idsOf('booking'),
    participantIds: idsOf('participant'),
    traces,
    pattern: tracePattern(traces),
  };
}

export class NotAnAddress extends Error {
  constructor() {
    super('What was given is not one e-mail address.');
    this.name = 'NotAnAddress';
  }
}
