import { randomBytes } from 'node:crypto';

const AT_ONCE = 16_384;
let supply: Buffer = Buffer.alloc(0);

/**
 * A few random bytes of the system's, fetched by the block: fetching a dozen takes longer than most that is done with them.
 * None is given twice.
 */
export function drawBytes(count: number): Buffer {
  if (supply.length < count) supply = randomBytes(AT_ONCE);
  const drawn = supply.subarray(0, count);
  supply = supply.subarray(count);
  return drawn;
}
