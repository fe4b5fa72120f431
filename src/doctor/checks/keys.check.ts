import { Injectable } from '@nestjs/common';
import { findKeyFaults, findPromotedId } from '../../platform/crypto/key-check.js';
import { Keyring } from '../../platform/crypto/keyring.js';
import { WORN_OUT_USES } from '../../platform/crypto/keys/key-status.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { DoctorCheck, Finding } from '../finding.js';
import { finding } from '../finding-texts.js';

/** A rotation reports at least every few minutes while it runs. */
const BROKEN_OFF_HOURS = 1;

@Injectable()
export class KeysCheck implements DoctorCheck {
  readonly name = 'keys';

  constructor(
    private readonly work: UnitOfWork,
    private readonly keyring: Keyring,
  ) {}

  async examine(): Promise<Finding[]> {
    return await this.work.acrossOrganizations(async (tx) => {
      const faults = await findKeyFaults(tx, this.keyring);
      const promoted = await findPromotedId(tx);
      const [rotation] = await tx.query<{ hours: number }>(
        `SELECT floor(extract(epoch FROM clock_timestamp() - max(updated_at)) / 3600)::int AS hours
         FROM key_rotations WHERE finished_at IS NULL`,
      );
      const [worn] = await tx.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM organization_keys WHERE retired_at IS NULL AND uses >= ${WORN_OUT_USES}`,
      );
      const hours = rotation?.hours ?? 0;
      return [
        ...(faults.length > 0 ? [finding('keys/wrong', { ids: faults.join(', ') })] : []),
        ...(promoted !== null && promoted !== this.keyring.primary.id ? [finding('keys/primary-not-promoted')] : []),
        ...(hours >= BROKEN_OFF_HOURS ? [finding('keys/rotation-unfinished', { hours })] : []),
        ...(worn!.count > 0 ? [finding('keys/worn-out', { count: worn!.count })] : []),
      ];
    });
  }
}
