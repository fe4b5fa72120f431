import type { Bench } from './bench.js';
import { median, seconds } from './numbers.js';
import { findFreePort } from './stage/stage.js';

const SIZES = { full: { rounds: 5 }, short: { rounds: 1 } };
const BARS = { first: 6_000, next: 3_000 };

/** What a newcomer waits for after the build: embedded PostgreSQL, migrations, stand-ins, until it says it is ready. */
export const coldStart: Bench = {
  name: 'B8',
  question: 'from nothing to ready, with embedded PostgreSQL and the stand-ins',
  async *run(stage, size) {
    const { rounds } = SIZES[size];
    const measured = { first: [] as number[], next: [] as number[] };
    for (let turn = 0; turn < rounds; turn += 1) {
      const folder = stage.newFolder();
      for (const which of ['first', 'next'] as const) {
        const startedAt = performance.now();
        const child = stage.start({
          entry: 'src/main.js',
          folder,
          environment: {
            DATA_DIR: folder,
            PORT: String(await findFreePort()),
            SANDBOX: 'on',
            SANDBOX_PORT: '0',
            LOG_FORMAT: 'json',
            CONSOLE_DIR: 'no-console',
          },
        });
        await child.said('"app.ready"');
        measured[which].push(performance.now() - startedAt);
        await child.end();
      }
    }
    for (const which of ['first', 'next'] as const) {
      const ms = median(measured[which]);
      const sorted = [...measured[which]].sort((one, other) => one - other);
      yield {
        what: `${which} start`,
        figure: seconds(ms),
        bar: `<= ${BARS[which] / 1_000} s`,
        isMet: ms <= BARS[which],
        sides: `median of ${rounds}, ${seconds(sorted[0] ?? NaN)} to ${seconds(sorted.at(-1) ?? NaN)}`,
      };
    }
  },
};
