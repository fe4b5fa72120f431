import { badRequest } from './api-error.js';

const bracket = /^calendarsToLoad\[(\d+)\]\[(credentialId|externalId)\]$/;

/** `calendarsToLoad[0][credentialId]=135&calendarsToLoad[0][externalId]=…`; the flat form of the OpenAPI is a slip (6.3). */
export function loadedCalendars(query: unknown): { credentialId: number; externalId: string }[] {
  const wanted = new Map<string, Record<string, string>>();
  for (const [name, value] of Object.entries(query as Record<string, unknown>)) {
    const [, index, field] = bracket.exec(name) ?? [];
    if (index === undefined || field === undefined || typeof value !== 'string') continue;
    wanted.set(index, { ...wanted.get(index), [field]: value });
  }
  const calendars = [...wanted.values()].map(({ credentialId = '', externalId = '' }) => {
    if (!/^\d+$/.test(credentialId) || externalId === '') {
      throw badRequest('calendarsToLoad must name credentialId and externalId');
    }
    return { credentialId: Number(credentialId), externalId };
  });
  if (calendars.length === 0) throw badRequest('calendarsToLoad must be an array');
  return calendars;
}
