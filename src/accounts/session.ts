import type { TenantScope } from '../platform/database/unit-of-work.js';

/** From the least to the most: whoever has one role may do what the roles before it may. */
export const ROLES = ['member', 'admin', 'owner'] as const;

export type Role = (typeof ROLES)[number];

export function isRole(value: unknown): value is Role {
  return (ROLES as readonly unknown[]).includes(value);
}

export function includesRole(held: Role, asked: Role): boolean {
  return ROLES.indexOf(held) >= ROLES.indexOf(asked);
}

/** Who is asking, as verified: never made from anything but a checked token and our own rows. */
export interface Session extends TenantScope {
  readonly userId: string;
  readonly organizationId: string;
  /** The id of one of our sessions, or `host:…` for one token of a host application. */
  readonly sessionId: string;
  readonly role: Role;
  readonly email: string;
  /** When its access token ends; whoever holds a connection open for it asks again then. */
  readonly expiresAt: Date;
}
