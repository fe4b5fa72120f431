/** A job as the queue hands it out: `attempts` counts every fetch, this one included. */
export interface FetchedJob {
  readonly attempts: number;
  readonly last_error: string | null;
}

interface Footprint {
  /** The newest run that came to an end we know of, whichever. */
  readonly attempt: number;
  /** What the newest failure was, and when the first one was. */
  readonly code?: string;
  readonly firstFailedAt?: string;
  /** The newest run that began with the worker to itself. */
  readonly alone?: number;
}

// Two deaths may be bad company: jobs that ran beside a killer are freed together and would meet it again. From here on
// a job runs with the worker to itself, and another death is its own.
const SUSPECT_AFTER = 2;
const CRASH_LOOP_AFTER = 3;

/**
 * What earlier runs of a job left behind, kept in the queue's column for the last error. Fetches are counted by the
 * queue, ends by us: a fetch without an end is a worker that died, and perhaps of this very job.
 */
export class JobTrail {
  private constructor(
    private readonly attempts: number,
    private readonly last: Footprint,
  ) {}

  static of(job: FetchedJob): JobTrail {
    return new JobTrail(job.attempts, parse(job));
  }

  /** Runs since the last known end in which the worker disappeared. */
  get crashes(): number {
    return Math.max(0, this.attempts - 1 - this.last.attempt);
  }

  get isSuspect(): boolean {
    return this.crashes >= SUSPECT_AFTER;
  }

  /**
   * A run that began alone and has no end died by itself. It need not be the newest one: the worker that fetched the job
   * next may have died of another job before it could park this one.
   */
  get isCrashLoop(): boolean {
    return this.crashes >= CRASH_LOOP_AFTER && this.last.alone !== undefined;
  }

  get firstFailedAt(): Date | null {
    return this.last.firstFailedAt === undefined ? null : new Date(this.last.firstFailedAt);
  }

  /** To be kept before the suspect starts. */
  startingAlone(): string {
    return JSON.stringify({ ...this.last, alone: this.attempts });
  }

  failed(code: string, at: Date): string {
    return JSON.stringify({
      attempt: this.attempts,
      code,
      firstFailedAt: this.last.firstFailedAt ?? at.toISOString(),
    });
  }

  /** The attempt is taken back, so that what came before must not look like a fetch without an end. */
  deferred(): string {
    const { alone: _, ...rest } = this.last;
    return JSON.stringify({ ...rest, attempt: this.attempts - 1 });
  }
}

function parse({ attempts, last_error }: FetchedJob): Footprint {
  if (last_error === null) return { attempt: 0 };
  try {
    const found = JSON.parse(last_error) as Partial<Footprint> | null;
    if (typeof found?.attempt === 'number') return found as Footprint;
  } catch {
    // Somebody else's words, such as the queue's own: an end all the same.
  }
  return { attempt: attempts - 1 };
}
