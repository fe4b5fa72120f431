import { createHmac } from 'node:crypto';

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of t.body>`, over the bytes that are sent (contract 5.4). */
export function signDelivery(key: string, unixSeconds: number, body: string): string {
  const digest = createHmac('sha256', key).update(`${unixSeconds}.${body}`).digest('hex');
  return `t=${unixSeconds},v1=${digest}`;
}
