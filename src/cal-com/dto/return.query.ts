/**
 * What a redirect brought. It is a browser that comes here and a page it should see, so that nothing is refused before
 * the handler: whatever is not as expected ends on the error page.
 */
export type ReturnQuery = Readonly<Record<string, unknown>>;

/** Only what can be one plain text; a parameter that came several times is none. */
export function textIn(query: ReturnQuery, name: string, max: number): string | undefined {
  const value = query[name];
  return typeof value === 'string' && value.length <= max && !/\p{Cc}/u.test(value) ? value : undefined;
}
