import { isIPv4, isIPv6 } from 'node:net';

/** The network an address belongs to: enough to see a pattern of attempts, not enough to point at a person. */
export function ipPrefix(address: string | undefined): string {
  // Of a client that is already gone, the socket no longer knows.
  if (address === undefined) return 'unknown';
  const mapped = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  if (isIPv4(mapped)) return `${mapped.split('.').slice(0, 3).join('.')}.0/24`;
  if (!isIPv6(address)) return 'unknown';
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  // "::" stands for as many zero groups as are missing from eight.
  const first = tail === undefined ? groups : [...groups, ...Array<string>(8 - groups.length).fill('0')];
  return `${first.slice(0, 3).join(':')}::/48`;
}
