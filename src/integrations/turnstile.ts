/**
 * Lets a few pieces of work in at a time, the urgent ones first. A thousand callers that wait for tokens must not take
 * every database connection from everybody else, nor from the one that has the new token to store.
 */
export class Turnstile {
  private inside = 0;
  private readonly urgent: (() => void)[] = [];
  private readonly patient: (() => void)[] = [];

  constructor(private readonly places: number) {}

  async pass<T>(work: () => Promise<T>, isUrgent: boolean): Promise<T> {
    if (this.inside < this.places) this.inside += 1;
    // Whoever leaves hands the place over, so that nobody slips in between.
    else await new Promise<void>((resolve) => (isUrgent ? this.urgent : this.patient).push(resolve));
    try {
      return await work();
    } finally {
      const next = this.urgent.shift() ?? this.patient.shift();
      if (next) next();
      else this.inside -= 1;
    }
  }
}
