/**
 * What the console's pages may do. Scripts are files of ours and nothing else. Styles may also stand in the page: the
 * dialogs, the notices and the calendar write theirs at run time, with measures in them, so that no list of hashes could
 * name them. What such a style could be misused for, sending away what it reads, the other lines forbid.
 */
export function consolePolicy(publicUrl: string): string {
  const { host, protocol } = new URL(publicUrl);
  // Browsers that do not take 'self' for the sockets of the same origin need them by name.
  const socket = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`;
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self' ${socket}`,
    // A mail is shown in a frame that may run nothing.
    `frame-src 'self'`,
    `manifest-src 'self'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}
