import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Finding } from './bench.js';
import { round, seconds } from './numbers.js';
import { seedCalendar } from './seeded-calendar.js';
import type { Application } from './stage/application.js';
import { Owner } from './stage/owner.js';

/** Outlook's stand-in sorts its whole calendar anew for each page of a hundred: more would be a measure of that. */
const SIZES = {
  full: { google: 50_000, outlook: 10_000, idleMs: 10_000 },
  short: { google: 500, outlook: 500, idleMs: 500 },
};
const BAR_MB = 250;
const SAMPLE_MS = 250;

/** What one process that serves and works at once holds of the machine's memory. */
export const memory: Bench = {
  name: 'B7',
  question: 'memory of the application process',
  async *run(stage, size) {
    const { idleMs } = SIZES[size];
    for (const provider of ['google', 'outlook'] as const) {
      const events = SIZES[size][provider];
      const standIns = await stage.startStandIns();
      await standIns.control('google', 'PUT', '/settings', { requests_per_minute_per_user: 100_000 });
      await standIns.control('outlook', 'PUT', '/settings', { request_limit: 100_000 });
      const account = await seedCalendar(standIns, provider, events);
      const application = await stage.startApplication(await stage.newInstallation(), standIns);
      await sleep(idleMs);
      const idle = await application.residentMemory();
      const startPeak = application.peakMemory();
      if (provider === 'google') yield toFinding('idle', idle, peakText(startPeak));
      const isReset = application.resetPeakMemory();

      const owner = await Owner.register(application, standIns, stage.caller);
      const sampling = sample(application);
      await owner.connect(provider, account);
      const run = await owner.settledReading(provider);
      const samples = await sampling.end();
      const seen = Math.max(...samples);
      const peak = isReset ? Math.max(application.peakMemory() ?? seen, seen) : seen;
      const ms = Date.parse(run.finished_at ?? '') - Date.parse(run.created_at);
      yield toFinding(
        `during the import of ${events} events of ${provider}`,
        peak,
        `${isReset ? 'VmHWM' : 'highest sample'}; median of ${samples.length} samples ` +
          `${round(samples.toSorted((one, other) => one - other)[samples.length >> 1] ?? 0)} MB; ` +
          `${run.counts['created']} created in ${seconds(ms)}`,
      );
      await stage.clear();
    }
  },
};

function toFinding(when: string, megabytes: number, sides: string): Finding {
  const figure = `${round(megabytes)} MB`;
  return { what: `resident memory ${when}`, figure, bar: `< ${BAR_MB} MB`, isMet: megabytes < BAR_MB, sides };
}

function peakText(peak: number | null): string {
  return peak === null ? 'one sample' : `at most ${round(peak)} MB while starting`;
}

function sample(application: Application): { end(): Promise<number[]> } {
  const samples: number[] = [];
  const over = new AbortController();
  const running = (async () => {
    while (!over.signal.aborted) {
      samples.push(await application.residentMemory());
      await sleep(SAMPLE_MS);
    }
  })();
  // Looked at in `end`; until then its failure is nobody's.
  running.catch(() => undefined);
  return {
    end: async () => {
      over.abort();
      await running;
      return samples;
    },
  };
}
