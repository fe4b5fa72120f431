import { Injectable, SetMetadata, applyDecorators } from '@nestjs/common';

export interface OutboxContext {
  readonly outboxId: string;
  readonly organizationId: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted when a stopping worker runs out of time. */
  readonly signal: AbortSignal;
}

/**
 * A side effect outside the database, done after the transaction that promised it. It is done at least once: a process
 * may die between the effect and the mark that says so. So the effect carries `outboxId` to the other side wherever that
 * can tell a repetition (a Message-ID, an idempotency key, a client-chosen id).
 *
 * No transaction is open while it runs. It may throw what a job may: `JobDeferred` to be called later,
 * `PermanentJobError` to give up, anything else to be tried again.
 */
export interface OutboxEffect<Payload extends object = object> {
  deliver(payload: Payload, context: OutboxContext): Promise<void>;
}

export const OUTBOX_KIND = Symbol('passerelle:outbox-kind');

/** Declares the class that keeps promises of one kind, such as `mail`. Kinds stand in the table: never reuse a name. */
export function OutboxEffect(kind: string) {
  return applyDecorators(Injectable(), SetMetadata(OUTBOX_KIND, kind)) as (
    target: new (...dependencies: never[]) => OutboxEffect<never>,
  ) => void;
}
