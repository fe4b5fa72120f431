/** Of answers that are given before the hooks which otherwise see to this: nothing to run, to frame or to keep. */
export const BARE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** A year. */
export const HSTS_SECONDS = 31_536_000;

/** Holds browsers to https, where people come by it: over plain http they would be sent to a server that does not exist. */
export function transportSecurity(publicUrl: string): { 'strict-transport-security'?: string } {
  return publicUrl.startsWith('https:') ? { 'strict-transport-security': `max-age=${HSTS_SECONDS}` } : {};
}
