import { v7 } from 'uuid';
import { drawBytes } from '../random-supply.js';

let milliseconds = -Infinity;
let sequence = 0;

/**
 * A new primary key: time-ordered, so that indexes stay compact and lists sort by age. Those of one process follow one
 * another also within a millisecond, and while the clock is put back.
 */
export function newId(): string {
  const random = drawBytes(16);
  const now = Date.now();
  if (now > milliseconds) {
    milliseconds = now;
    // The upper half is left to those that follow.
    sequence = random.readUInt32BE(6) >>> 1;
  } else {
    sequence += 1;
  }
  return v7({ random, msecs: milliseconds, seq: sequence });
}
