/** Search parameters without those that say nothing: a filter that was cleared leaves no trace in the address. */
export function withoutEmpty<T extends Record<string, unknown>>(search: T): T {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== '')) as T;
}
