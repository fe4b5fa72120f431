import type { Bilingual } from '../platform/errors/problem.js';

/**
 * How bad it is:
 *
 * - **error**: something does not work until somebody acts;
 * - **warning**: it will stop working, or part of it already has;
 * - **info**: it works, and could work better.
 */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One thing that is wrong: what it comes from and what to do about it, in a sentence each. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly cause: Bilingual;
  readonly repair: Bilingual;
  /** The id of the provider it is about, where it is about one. */
  readonly provider?: string;
}

/** For whom is being looked: one organization, or everybody on this server. */
export interface Ward {
  readonly organizationId: string | null;
}

/** Looks at one thing and says what is wrong with it; nothing, when it is well. Never changes anything. */
export interface DoctorCheck {
  readonly name: string;
  examine(ward: Ward): Promise<Finding[]>;
}
