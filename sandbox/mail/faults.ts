import { z } from 'zod';

/** Where in a conversation something may go wrong; `message` is the moment after the last byte of it. */
export const stages = ['connect', 'login', 'sender', 'recipient', 'message'] as const;
export type Stage = (typeof stages)[number];

export const faultSchema = z
  .strictObject({
    stage: z.enum(stages).default('message'),
    /**
     * refuse: with `status`. hang: no answer, ever. drop: the line is cut instead of an answer, and nothing is kept.
     * lose-answer: the message is kept, and the line is cut before the 250. drop-after-answer: it is kept, the 250 goes
     * out, and the line is cut. slow: the usual answer, after `delay_ms`.
     */
    mode: z.enum(['refuse', 'hang', 'drop', 'lose-answer', 'drop-after-answer', 'slow']).default('refuse'),
    status: z.number().int().min(400).max(599).default(451),
    delay_ms: z.number().int().positive().max(600_000).default(1_000),
    /** Only for this mailbox; of no use before it is named. */
    recipient: z.string().optional(),
    /** How many times; null: until it is cleared. */
    times: z.number().int().positive().nullable().default(1),
  })
  .refine(({ mode, stage }) => stage === 'message' || (mode !== 'lose-answer' && mode !== 'drop-after-answer'), {
    path: ['stage'],
    message: 'must be message: only then is there something to keep',
  })
  .refine(({ recipient, stage }) => recipient === undefined || stage === 'recipient' || stage === 'message', {
    path: ['recipient'],
    message: 'is not known before the stage recipient',
  });

export type Fault = z.output<typeof faultSchema>;

/** Orders to fail conversations to come. Each that matches uses one up; the first that matches wins. */
export class Faults {
  readonly #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push({ ...fault });
  }

  list(): Fault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  clear(): void {
    this.#faults.length = 0;
  }

  take(stage: Stage, recipients: readonly string[] = []): Fault | null {
    const named = new Set(recipients.map((recipient) => recipient.toLowerCase()));
    const fault = this.#faults.find(
      (candidate) =>
        candidate.stage === stage &&
        (candidate.recipient === undefined || named.has(candidate.recipient.toLowerCase())),
    );
    if (!fault) return null;
    if (fault.times !== null) {
      fault.times -= 1;
      if (fault.times === 0) this.#faults.splice(this.#faults.indexOf(fault), 1);
    }
    return { ...fault };
  }
}
