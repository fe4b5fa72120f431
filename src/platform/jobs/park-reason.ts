/**
 * Why a job was given up: it kept failing for reasons that may pass, it can never succeed, or it killed its worker again
 * and again.
 */
export type ParkClass = 'transient' | 'permanent' | 'crash_loop';

export interface ParkReason {
  readonly class: ParkClass;
  /** A stable code such as `calendly/page-malformed`; never a message. */
  readonly code: string;
}
