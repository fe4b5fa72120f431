export type JobOutcome = 'finished' | 'failed' | 'parked' | 'deferred';

/** Told of every run. Bind a provider to this class to count and time them; without one nobody is told. */
export abstract class JobMetrics {
  abstract observe(task: string, outcome: JobOutcome, seconds: number): void;
}
