type Json = Record<string, unknown>;

/** A change merged into what is there: objects member by member, lists as a whole, and null takes a member away. */
export function merge(target: Json, change: Json): Json {
  const merged = { ...target };
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) continue;
    const earlier = merged[name];
    if (value === null) delete merged[name];
    else if (isObject(value)) merged[name] = merge(isObject(earlier) ? earlier : {}, value);
    else merged[name] = value;
  }
  return merged;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
