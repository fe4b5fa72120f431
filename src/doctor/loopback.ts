import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether an address can only be reached from this machine. */
export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  const host = hostname.replaceAll(/[[\]]/g, '');
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    (isIP(host) > 0 && ipaddr.process(host).range() === 'loopback')
  );
}

/** Whether an address can only be reached from this machine or this network. */
export function isLocal(address: string): boolean {
  const { hostname } = new URL(address);
  const host = hostname.replaceAll(/[[\]]/g, '');
  if (isIP(host) > 0) return ipaddr.process(host).range() !== 'unicast';
  return isLoopback(address) || !host.includes('.') || /\.(?:local|internal|home\.arpa|lan)$/.test(host);
}
