import type { Transaction } from '../platform/database/transaction.js';

/** Why an address cannot be erased like that of somebody who booked. */
export class ErasureRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ErasureRefused';
  }
}

/** Whoever works here is removed as a member, which ends their sessions and connections; this command does neither. */
export async function demandNoMember(tx: Transaction, emailKey: string): Promise<void> {
  const members = await tx.query(
    'SELECT FROM users WHERE organization_id = $1 AND email_key = $2 AND removed_at IS NULL',
    [tx.organizationId, emailKey],
  );
  if (members.length > 0) {
    throw new ErasureRefused('This is a member of the organization: remove them there first.');
  }
  const accounts = await tx.query(
    'SELECT FROM integrations WHERE organization_id = $1 AND lower(account_email) = $2 AND is_active',
    [tx.organizationId, emailKey],
  );
  if (accounts.length > 0) {
    throw new ErasureRefused('An account of this person is connected: disconnect it first.');
  }
}

/** Of somebody who once worked here only the row stays, for what they created. */
export async function forgetFormerMember(tx: Transaction, emailKey: string): Promise<number> {
  const users = await tx.execute(
    `UPDATE users SET email = 'erased-' || id || '@erased.invalid', email_key = 'erased-' || id || '@erased.invalid',
       name = '—', external_subject = NULL, password_hash = NULL, updated_at = now()
     WHERE organization_id = $1 AND email_key = $2 AND removed_at IS NOT NULL`,
    [tx.organizationId, emailKey],
  );
  const accounts = await tx.execute(
    `UPDATE integrations SET account_email = NULL, account_name = NULL, updated_at = now()
     WHERE organization_id = $1 AND lower(account_email) = $2 AND NOT is_active`,
    [tx.organizationId, emailKey],
  );
  return users.count + accounts.count;
}
