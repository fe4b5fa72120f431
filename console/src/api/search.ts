// Search parameters come from links that anybody may have written: what is not understood is left out.

type Raw = Record<string, unknown>;

/** A text, or nothing. Numbers and flags that the router has read out of a text become texts again. */
export function textParam(raw: Raw, name: string): string | undefined {
  const value = raw[name];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
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
