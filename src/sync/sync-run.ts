import type { FullReason, SyncMode } from './sync-mode.js';
import type { SyncStep } from './sync-steps.js';

export const SYNC_TRIGGERS = ['initial', 'backfill', 'schedule', 'manual', 'recovery', 'push', 'approval'] as const;
export type SyncTrigger = (typeof SYNC_TRIGGERS)[number];

export const SYNC_STATES = ['queued', 'running', 'succeeded', 'failed', 'needs_approval', 'canceled'] as const;
export type SyncState = (typeof SYNC_STATES)[number];

/** What a reading of bookings counts. */
export interface SyncCounts {
  /** Events listed by the provider. */
  listed: number;
  /** Events asked for in full because their mark had moved. */
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  prospects_created: number;
  /** Events listed so far with those of the page that is being read; gone when the page is through. */
  expected?: number | undefined;
}

export const NO_COUNTS: SyncCounts = {
  listed: 0,
  read: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  prospects_created: 0,
};

/** What a reading of a calendar counts. */
export interface CalendarCounts {
  listed: number;
  created: number;
  updated: number;
  unchanged: number;
  removed: number;
  set_aside: number;
}

export const NO_CALENDAR_COUNTS: CalendarCounts = {
  listed: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  removed: 0,
  set_aside: 0,
};

/** A row of `sync_runs`, without its steps. */
export interface SyncRun {
  id: string;
  organization_id: string;
  integration_id: string;
  provider: string;
  trigger: SyncTrigger;
  state: SyncState;
  mode: SyncMode;
  /** Null when only changes are read; before a calendar's reading begins, what it was asked for. */
  full_reason: FullReason | null;
  window_start: Date;
  window_end: Date;
  page_token: string | null;
  counts: Partial<SyncCounts & CalendarCounts>;
  provider_calls: number;
  error_code: string | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

/** A run for whoever carries it on, or looks at it alone. Steps grow in memory; each write of the run carries them. */
export interface RunWithSteps extends SyncRun {
  steps: readonly SyncStep[];
}

/** Runs whose findings are told in one summary instead of one by one. */
export function isTakeover(trigger: SyncTrigger): boolean {
  return trigger === 'initial' || trigger === 'backfill';
}

/** Runs that look for what happened lately. Whoever asks for one, or has missed something, wants to see everything. */
export function readsChanges({ trigger, mode }: Pick<SyncRun, 'trigger' | 'mode'>): boolean {
  return mode === 'changes' && (trigger === 'schedule' || trigger === 'push');
}
