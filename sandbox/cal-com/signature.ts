import { createHmac } from 'node:crypto';

/**
 * Lower-case hex over the bytes that are sent: no `sha256=` before it and no time in it (contract 8.3). Without a secret
 * the header still comes, and says so.
 */
export function signatureOf(body: string, secret: string | null): string {
  if (secret === null || secret === '') return 'no-secret-provided';
  return createHmac('sha256', secret).update(body).digest('hex');
}
