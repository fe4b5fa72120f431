/** A request without a body may still announce JSON; that is not an error for routes whose body is optional. */
export function readJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return Object.assign(new Error('the body is not valid JSON'), { statusCode: 400 });
  }
}

/** A repeated field becomes a list, so that routes that expect one value refuse it (RFC 6749, 3.2). */
export function readForm(text: string): Record<string, string | string[]> {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const earlier = fields.get(name);
    fields.set(name, earlier === undefined ? value : [earlier, value].flat());
  }
  return Object.fromEntries(fields);
}
