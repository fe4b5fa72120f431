// Search parameters come from links that anybody may have written: what is not understood is left out.

type Raw = Record<string, unknown>;

/**
 * Texts and nothing else, on the way in and out. The router's own reading takes `code=4e10` for a number, and a provider's
 * code would not be the same afterwards.
 */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: Raw): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}

/** A text, or nothing. */
export function textParam(raw: Raw, name: string): string | undefined {
  const value = raw[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function choiceParam<T extends string>(raw: Raw, name: string, choices: readonly T[]): T | undefined {
  const value = raw[name];
  return choices.find((choice) => choice === value);
}

/** `textParams('search', 'source')` for a route's `validateSearch`. */
export function textParams<Name extends string>(...names: readonly Name[]) {
  return (raw: Raw): { [N in Name]?: string } => {
    const known: { [N in Name]?: string } = {};
    for (const name of names) {
      const value = textParam(raw, name);
      if (value !== undefined) known[name] = value;
    }
    return known;
  };
}
