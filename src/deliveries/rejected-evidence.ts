import { bodyBytes, bodyText } from './delivery.js';

/** What is kept of a refused delivery: enough to check its seal again, and to see what it was. */
export interface RejectedEvidence {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

export function evidencePlace(id: string) {
  return { table: 'deliveries', column: 'evidence', rowId: id };
}

export function writeEvidence({ body, headers }: RejectedEvidence): string {
  return JSON.stringify({ headers, body: bodyText(body) });
}

export function readEvidence(text: string): RejectedEvidence {
  const { headers, body } = JSON.parse(text) as { headers: Record<string, string>; body: string };
  return { headers, body: bodyBytes(body) };
}

/** A seal is no key, but nobody has to see it whole; and a sender that is set up wrong may have put the key there. */
export function maskSeal(value: string): string {
  return value.replaceAll(/[^\s,;=]{11,}/g, (run) => `${run.slice(0, 4)}…`).slice(0, 200);
}
