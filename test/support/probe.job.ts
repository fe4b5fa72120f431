import { setTimeout as sleep } from 'node:timers/promises';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { JobHandler } from '../../src/platform/jobs/job-handler.js';

export const PROBE = 'probe.run';

/** `effects` would be 2 after a doubled effect; `runs` may be any number. */
export const PROBES_TABLE = `CREATE TABLE probes (
  n integer PRIMARY KEY, behaviour text NOT NULL, runs integer NOT NULL DEFAULT 0,
  is_done boolean NOT NULL DEFAULT false, effects integer NOT NULL DEFAULT 0
); GRANT ALL ON probes TO PUBLIC`;

interface ProbePayload {
  readonly n: number;
}

/** A job as they should be: reads its row, works, and writes the effect together with the mark that says so. */
@JobHandler(PROBE, { maxAttempts: 3 })
export class ProbeJob implements JobHandler<ProbePayload> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async run({ n }: ProbePayload): Promise<void> {
    const behaviour = await this.unitOfWork.acrossOrganizations(async (tx) => {
      const [row] = await tx.query<{ behaviour: string }>(
        'UPDATE probes SET runs = runs + 1 WHERE n = $1 RETURNING behaviour',
        [n],
      );
      return row?.behaviour;
    });
    if (behaviour === 'throws') throw new Error('This text may quote a person and must stay here');
    // Takes the process with it, and whatever runs beside it.
    if (behaviour === 'kills') process.kill(process.pid, 'SIGKILL');
    await sleep(behaviour === 'slow' ? 1_000 : 20);
    await this.unitOfWork.acrossOrganizations(async (tx) => {
      const { count } = await tx.execute('UPDATE probes SET is_done = true WHERE n = $1 AND NOT is_done', [n]);
      if (count === 1) await tx.query('UPDATE probes SET effects = effects + 1 WHERE n = $1', [n]);
    });
  }
}
