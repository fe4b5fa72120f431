import type { Role } from './session.js';

/** A person of one organization, as the `users` table holds them; never with the password's hash. */
export interface UserRow {
  id: string;
  organization_id: string;
  email: string;
  name: string;
  role: Role;
}

/** The columns of a `UserRow`, for the queries that answer one. */
export const USER_COLUMNS = 'id, organization_id, email, name, role';
