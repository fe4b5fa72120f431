import type { IncomingMessage } from 'node:http';

/** RFC 9112 section 3.2: one host and no more, or a proxy may have gone by another than we would. */
export function isHostClear({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) if (/^host$/i.test(rawHeaders[index]!)) hosts += 1;
  return hosts === 1 || (hosts === 0 && httpVersion === '1.0');
}
