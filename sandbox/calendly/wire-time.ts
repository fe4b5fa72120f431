/**
 * Six fractional digits (contract 1). The clock knows milliseconds only; the other digits are made up, and not always
 * zeros, so that a client comparing times as text or dropping digits is found out. Whole seconds stay whole.
 */
export function toWireTime(instant: Date): string {
  const milliseconds = instant.getUTCMilliseconds();
  const micros = String((milliseconds * 7) % 1000).padStart(3, '0');
  return instant.toISOString().replace('Z', `${micros}Z`);
}
