import type { Stage } from './stage/stage.js';

/** One question with an answer in figures. */
export interface Bench {
  readonly name: string;
  readonly question: string;
  run(stage: Stage, size: Size): AsyncIterable<Finding>;
}

/** `short` only shows that a bench still runs; its figures mean nothing. */
export type Size = 'full' | 'short';

export interface Finding {
  readonly what: string;
  /** As it is printed: a ratio, a count, a time. */
  readonly figure: string;
  readonly bar: string;
  readonly isMet: boolean;
  /** What the figure was made from: both sides of a ratio, spread, shares. */
  readonly sides: string;
}
