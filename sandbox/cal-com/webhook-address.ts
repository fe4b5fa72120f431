import ipaddr from 'ipaddr.js';

/** The hosted service sends to https alone, and to nothing private or local (contract 8.1). */
export function refuseUnreachable(url: string, refusal: (message: string) => Error): void {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:') throw refusal('Webhook URL must use HTTPS');
  const host = hostname.replace(/^\[|\]$/g, '');
  const isLocalName = host === 'localhost' || host.endsWith('.localhost') || host.endsWith('.internal');
  const isPrivate = ipaddr.isValid(host) && ipaddr.process(host).range() !== 'unicast';
  if (isLocalName || isPrivate) throw refusal('Webhook URL must not point to a private address');
}
