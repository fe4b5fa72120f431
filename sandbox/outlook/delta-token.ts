import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const contents = z.strictObject({
  account: z.string(),
  calendar: z.string(),
  from: z.number(),
  to: z.number(),
  /** The version the caller knows; null in a first round. */
  known: z.number().nullable(),
  /** The version this round leads to; null in a token that ends a round. */
  target: z.number().nullable(),
  offset: z.number(),
  issued_at: z.number(),
  /** Counts the tokens of this stand-in, so that those issued up to a moment can be ended. */
  serial: z.number(),
});

export type DeltaToken = z.output<typeof contents>;

/** Real ones exceed 2 kB (contract 8): a column or a URL that is too short for them must fail here. */
const padding = 'A'.repeat(2000);

/** State tokens of delta: opaque to the caller, sealed so that a changed one is noticed. */
export class DeltaTokens {
  readonly #key = randomBytes(32);

  seal(token: DeltaToken): string {
    const text = Buffer.from(JSON.stringify(token)).toString('base64url');
    return `${text}-.${this.#sign(text)}-.${padding}`;
  }

  open(sealed: string): DeltaToken | null {
    const [text = '', signature = '', rest = ''] = sealed.split('-.');
    const expected = this.#sign(text);
    const isGenuine =
      rest === padding &&
      signature.length === expected.length &&
      timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
    if (!isGenuine) return null;
    return contents.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex');
  }
}
