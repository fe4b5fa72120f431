/**
 * Addresses are made of a base that the configuration gives and a path that our code gives. What a provider sends us is
 * never an address: at most it is a paging link, and then only into the place that was asked.
 */
export function addressUnder(baseUrl: string, path: string, query: EgressQuery = {}): URL {
  if (!isPlainPath(path)) throw new Error('A provider path must begin with one slash and be only a path');
  const address = new URL(baseUrl + path);
  if (!samePlace(address.href, baseUrl)) throw new Error('A provider path must stay under its base');
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) address.searchParams.append(name, String(item));
    }
  }
  return address;
}

export type EgressQuery = Readonly<Record<string, string | number | boolean | undefined | readonly string[]>>;

/** Whether a link leads to the same scheme, host, port and path prefix as the base. */
export function samePlace(link: string, baseUrl: string): boolean {
  if (!URL.canParse(link)) return false;
  const address = new URL(link);
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/+$/, '');
  return (
    address.origin === base.origin &&
    address.origin !== 'null' &&
    address.username === '' &&
    address.password === '' &&
    (address.pathname === prefix || address.pathname.startsWith(`${prefix}/`))
  );
}

/** The path with everything that looks like an id taken out: few enough for a metric, and nothing of a person in it. */
export function routeTemplate(path: string): string {
  return path
    .split('/')
    .map((segment) => (/^v\d+(\.\d+)?$/.test(segment) || /^[a-z_$-]{0,32}$/i.test(segment) ? segment : ':id'))
    .join('/');
}

function isPlainPath(path: string): boolean {
  if (path === '') return true;
  // No empty, dot or encoded-dot segment, and none of the characters that end a path or that URL parsers take for one.
  const segments = path.split('/').slice(1);
  const isClean = segments.every(
    (segment, index) =>
      (segment !== '' || index === segments.length - 1) && !/^\.{1,2}$/.test(segment.replaceAll(/%2e/gi, '.')),
  );
  return path.startsWith('/') && path.length <= 4_096 && /^[^\s?#\\\p{Cc}]+$/u.test(path) && isClean;
}
