/** The catalogue in force since March 2026 (contract 2.6). */
export const knownScopes = [
  'users:read',
  'organizations:read',
  'organizations:write',
  'groups:read',
  'event_types:read',
  'event_types:write',
  'availability:read',
  'availability:write',
  'locations:read',
  'scheduled_events:read',
  'scheduled_events:write',
  'scheduling_links:write',
  'shares:write',
  'routing_forms:read',
  'webhooks:read',
  'webhooks:write',
  'contacts:read',
  'contacts:write',
  'meeting_recaps:read',
  'activity_log:read',
  'data_compliance:write',
  'outgoing_communications:read',
] as const;

export type Scope = (typeof knownScopes)[number];

export function isKnownScope(text: string): text is Scope {
  return (knownScopes as readonly string[]).includes(text);
}

/** A `:write` scope includes the `:read` of its family. */
export function covers(granted: readonly Scope[], required: Scope): boolean {
  const [family, access] = required.split(':');
  return granted.some((scope) => scope === required || (access === 'read' && scope === `${family}:write`));
}
