import { Injectable } from '@nestjs/common';
import type { Organization } from '../accounts/index.js';
import type { Transaction } from '../platform/database/transaction.js';

/**
 * The order in which an organization is told things. A position is taken under the lock of the organization's row, which
 * is held until the commit: whoever has seen one position has seen all before it, also those of slower transactions.
 */
@Injectable()
export class OrganizationFeed {
  /**
   * Makes the transaction the only one of its organization that merges and tells. To be taken first, before any other
   * row. It leaves alone whoever only refers to the organization, such as the insertion of a prospect by a person.
   */
  async lock(tx: Transaction): Promise<Organization> {
    const [organization] = await tx.query<Organization>(
      `SELECT id, name, slug, time_zone, locale, settings FROM organizations WHERE id = $1 FOR NO KEY UPDATE`,
      [tx.organizationId],
    );
    if (organization === undefined) throw unknownOrganization();
    return organization;
  }

  /** Takes `count` positions and answers the first. Positions that are not used leave gaps, which mean nothing. */
  async takePositions(tx: Transaction, count: number): Promise<bigint> {
    const [organization] = await tx.query<{ last: string }>(
      `UPDATE organizations SET feed_position = feed_position + $2 WHERE id = $1 RETURNING feed_position AS last`,
      [tx.organizationId, count],
    );
    if (organization === undefined) throw unknownOrganization();
    return BigInt(organization.last) - BigInt(count) + 1n;
  }
}

function unknownOrganization(): Error {
  return new Error('The feed needs a unit of work of an organization that exists');
}
