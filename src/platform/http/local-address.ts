import { isIP } from 'node:net';

/** Whether an address can only be reached from near by: no provider will push to it from the internet. */
export function isLocalAddress(address: string): boolean {
  const { hostname } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(host) === 4) return /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168)\./.test(host);
  if (isIP(host) === 6) return host === '::1' || /^f[cd]|^fe[89ab]/.test(host);
  // A name without a dot is known in one house alone.
  return !host.includes('.') || /\.(?:localhost|local|internal|test|home\.arpa)$/.test(host);
}
