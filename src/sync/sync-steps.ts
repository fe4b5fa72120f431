import type { ProviderError } from '../integrations/index.js';
import { CallTrace } from '../platform/egress/call-trace.js';
import type { FullReason, SyncMode } from './sync-mode.js';

export const STEP_KINDS = [
  'started',
  'resumed',
  'page_read',
  'restarted',
  'removals_checked',
  'removals_applied',
  'cursor_kept',
  'approval_awaited',
  'approved',
  'rejected',
  'throttled',
  'interrupted',
  'succeeded',
  'failed',
  'canceled',
  'left_out',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** One thing that a reading did. Holds counts and code words, and nothing of what was read. */
export interface SyncStep {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly kind: StepKind;
  readonly mode?: SyncMode;
  readonly full_reason?: FullReason;
  /** Counted from 1 in each attempt. */
  readonly page?: number;
  readonly counts?: StepCounts;
  /** When it goes on, where the provider has said so. ISO 8601, UTC. */
  readonly until?: string;
  /** A stable word: how a call failed, or why the reading ended. */
  readonly code?: string;
  /** The provider's own word for it. */
  readonly said?: string;
  /** Of the provider's last answer; 0 when there was none. */
  readonly status?: number;
  /** The provider's name for its last answer, which its support asks for. */
  readonly request_id?: string;
}

export interface StepCounts {
  listed?: number;
  created?: number;
  updated?: number;
  unchanged?: number;
  set_aside?: number;
  /** Asked for in full, or asked for by name. */
  read?: number;
  /** Asked for by name and still there. */
  alive?: number;
  removals?: number;
  removed?: number;
  /** Of how many. */
  live?: number;
  /** Steps that are no longer listed. */
  steps?: number;
}

/** A reading of thousands of pages keeps how it began and how it ended. */
const FIRST_STEPS = 20;
const LAST_STEPS = 40;

/** The steps with one more; what is left out in the middle is counted in its place. */
export function withStep(steps: readonly SyncStep[], step: SyncStep): SyncStep[] {
  const all = [...steps, step];
  const first = all.slice(0, FIRST_STEPS);
  const rest = all.slice(FIRST_STEPS);
  const gap = rest[0]?.kind === 'left_out' ? rest.shift() : undefined;
  const dropped = rest.splice(0, Math.max(0, rest.length - LAST_STEPS));
  const left = (gap?.counts?.steps ?? 0) + dropped.length;
  if (left === 0) return all;
  const at = dropped.at(-1)?.at ?? gap!.at;
  return [...first, { at, kind: 'left_out', counts: { steps: left } }, ...rest];
}

/** Under which name the provider knows its last answer since the step before, and what that said if it was a refusal. */
export function lastCall(): Pick<SyncStep, 'status' | 'request_id'> {
  const call = CallTrace.current()?.take();
  if (!call) return {};
  const { status, requestId } = call;
  const isGood = status >= 200 && status < 300;
  return { ...(!isGood && { status }), ...(requestId !== null && { request_id: requestId }) };
}

/** The provider's own word for a position that it has forgotten. */
export function saidBy({ failure }: ProviderError): Pick<SyncStep, 'said'> {
  return failure.kind === 'cursor-expired' && failure.word !== undefined ? { said: failure.word } : {};
}
