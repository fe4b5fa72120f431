import type { FaultLine, Listener } from './fault-line.js';
import { PostgresTalk } from './postgres-talk.js';

/**
 * Where in its work a process is to be stopped: around something it says to the database or to a provider.
 *
 * - `before`: it was said and has not arrived;
 * - `after`: it was done, and the answer has not arrived;
 * - `before-commit`, `after-commit`: the same of the commit of the transaction in which it was said.
 */
export interface Step {
  readonly name: string;
  readonly says: RegExp;
  readonly moment: 'before' | 'after' | 'before-commit' | 'after-commit';
}

/** Reads along on a line and stops everything on it at the step it was set for. */
export class Tripwire {
  private armed: { step: Step; trip: () => void } | null = null;

  private constructor(private readonly line: FaultLine) {}

  static onDatabase(line: FaultLine): Tripwire {
    const wire = new Tripwire(line);
    line.listen = () => wire.readStatements();
    return wire;
  }

  static onHttp(line: FaultLine): Tripwire {
    const wire = new Tripwire(line);
    line.listen = () => wire.readRequests();
    return wire;
  }

  /** Resolves when the step is reached; by then nothing passes on the line. */
  reached(step: Step): Promise<void> {
    return new Promise((resolve) => {
      this.armed = { step, trip: resolve };
    });
  }

  disarm(): void {
    this.armed = null;
  }

  private readStatements(): Listener {
    const talk = new PostgresTalk();
    // Of this connection: statements not answered yet, whether its transaction said it, and which answer is awaited.
    let open = 0;
    let hasSaid = false;
    let awaited: number | null = null;
    return {
      asked: (bytes) => {
        for (const statement of talk.readStatements(bytes)) {
          open += 1;
          const step = this.armed?.step;
          if (step === undefined) continue;
          if (step.says.test(statement)) {
            if (step.moment === 'before') return this.trip();
            if (step.moment === 'after') awaited = open;
            hasSaid = true;
          } else if (hasSaid && /^COMMIT/i.test(statement)) {
            if (step.moment === 'before-commit') return this.trip();
            if (step.moment === 'after-commit') awaited = open;
          } else if (/^(ROLLBACK|START|BEGIN)/i.test(statement)) hasSaid = false;
        }
        return 'pass';
      },
      answered: (bytes) => {
        const ready = talk.countReady(bytes);
        open = Math.max(0, open - ready);
        if (awaited === null) return 'pass';
        awaited -= ready;
        if (awaited > 0) return 'pass';
        awaited = null;
        return this.armed ? this.trip() : 'pass';
      },
    };
  }

  private readRequests(): Listener {
    let isAwaited = false;
    return {
      asked: (bytes) => {
        const step = this.armed?.step;
        // Requests follow each other on a connection; each begins a piece of its own.
        if (step?.says.test(bytes.toString('latin1', 0, bytes.indexOf('\r\n'))) !== true) return 'pass';
        if (step.moment === 'before') return this.trip();
        isAwaited = true;
        return 'pass';
      },
      answered: () => {
        if (!isAwaited || this.armed === null) return 'pass';
        isAwaited = false;
        return this.trip();
      },
    };
  }

  private trip(): 'hold' {
    this.line.freeze();
    const armed = this.armed;
    this.armed = null;
    armed?.trip();
    return 'hold';
  }
}
