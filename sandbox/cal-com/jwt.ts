import { createHmac, randomBytes } from 'node:crypto';

/** Signs tokens that look like Cal.com's. They are looked up in a table; nobody may rely on what they say. */
export class Jwt {
  readonly #key = randomBytes(32);

  sign(claims: Record<string, unknown>): string {
    const parts = [
      { alg: 'HS256', typ: 'JWT' },
      { ...claims, jti: randomBytes(16).toString('hex') },
    ];
    const unsigned = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${unsigned}.${createHmac('sha256', this.#key).update(unsigned).digest('base64url')}`;
  }
}
