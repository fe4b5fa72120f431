import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import ipaddr from 'ipaddr.js';

/** The name leads, or one of its addresses does, to where this server must not be sent. */
export class AddressForbidden extends Error {
  readonly code = 'address-forbidden';

  constructor() {
    super('A webhook may only go to public addresses');
    this.name = 'AddressForbidden';
  }
}

/** Public and nothing else: not this machine, not its network, not a cloud’s metadata, nothing that is translated there. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() === 'unicast') return true;
  // NAT64: what an IPv6-only network is told for an IPv4 address stands for exactly that one.
  if (parsed instanceof ipaddr.IPv6 && parsed.match(NAT64)) {
    return isPublicAddress(new ipaddr.IPv4(parsed.toByteArray().slice(12)).toString());
  }
  return false;
}

const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** The address that the host of a URL is by itself, without asking anybody; null for a name. */
export function literalAddress({ hostname }: URL): string | null {
  const host = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(host) ? host : null;
}

type Answer = (error: Error | null, address: string | LookupAddress[], family?: number) => void;
export type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * For `net.connect`: resolves a name and hands over its addresses only if all of them are public. The connection is made
 * to what was looked at here, so a name that answers differently a moment later gains nothing.
 */
export function publicLookup(resolve: Resolve = systemLookup) {
  return (hostname: string, options: LookupOptions, callback: Answer): void => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || first === undefined) return callback(error ?? new AddressForbidden(), []);
      if (!addresses.every(({ address }) => isPublicAddress(address))) return callback(new AddressForbidden(), []);
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}
