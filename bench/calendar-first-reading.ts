import type { Bench, Finding, Size } from './bench.js';
import { median, round, seconds } from './numbers.js';
import { type CalendarProvider, openCalendar } from './rivals/calendar-access.js';
import type { BareReading } from './rivals/messages.js';
import { deleteSeeded, listSeeded, seedCalendar } from './seeded-calendar.js';
import type { Application } from './stage/application.js';
import { Owner } from './stage/owner.js';
import type { Installation, Stage } from './stage/stage.js';
import type { StandIns } from './stage/stand-ins.js';

const SIZES = {
  full: { events: 10_000, rounds: 5, known: 5_000, deleted: 300 },
  short: { events: 200, rounds: 1, known: 200, deleted: 20 },
};

interface Parts {
  stage: Stage;
  installation: Installation;
  standIns: StandIns;
  application: Application;
}

/**
 * A first import against the least that one can be: a process that reads the same pages with a token of the same
 * account and writes each with one statement into a table of the same columns and key. Both sides in turn, each first
 * every second time. What both wait for the provider is measured too, for it flatters the ratio.
 */
export const firstReadings: readonly Bench[] = (['google', 'outlook'] as const).map((provider) => ({
  name: `B4-${provider}`,
  question: 'first import of a calendar, and what follows it',
  async *run(stage, size) {
    const installation = await stage.newInstallation();
    const standIns = await stage.startStandIns();
    await standIns.control(provider, 'PUT', '/settings', NO_LIMITS[provider]);
    const application = await stage.startApplication(installation, standIns);
    const parts = { stage, installation, standIns, application };
    yield* await compare(parts, provider, size);
    yield await forget(parts, provider, size);
  },
}));

/** The providers' quotas would be what is measured. */
const NO_LIMITS = {
  google: { requests_per_minute_per_user: 100_000, requests_per_minute: 100_000 },
  outlook: { request_limit: 100_000 },
};

async function compare(parts: Parts, provider: CalendarProvider, size: Size): Promise<Finding[]> {
  const { events, rounds } = SIZES[size];
  const measured: { ours: number; bare: number; pages: number }[] = [];
  let secondCalls = 0;
  for (let turn = 0; turn <= rounds; turn += 1) {
    const account = await seedCalendar(parts.standIns, provider, events);
    const ours = () => readOurs(parts, provider, account, events);
    const bare = () => readBare(parts, provider, account, events, true);
    const first = turn % 2 === 0 ? await ours() : await bare();
    const second = turn % 2 === 0 ? await bare() : await ours();
    const pages = await readBare(parts, provider, account, events, false);
    const [our, their] = turn % 2 === 0 ? [first, second] : [second, first];
    secondCalls = Math.max(secondCalls, (our as Ours).secondCalls);
    // The first round warms both sides up.
    if (turn > 0) measured.push({ ours: our.ms, bare: their.ms, pages: pages.ms });
  }
  const ratio = median(measured.map(({ ours, bare }) => bare / ours));
  const [ours, bare, pages] = (['ours', 'bare', 'pages'] as const).map((side) =>
    median(measured.map((each) => each[side])),
  ) as [number, number, number];
  const without = median(measured.map((each) => (each.bare - each.pages) / (each.ours - each.pages)));
  return [
    {
      what: `${provider}: first import of ${events} events, against its pages read and bulk-inserted`,
      figure: String(round(ratio, 2)),
      bar: '>= 0.5',
      isMet: ratio >= 0.5,
      sides:
        `${seconds(ours)} against ${seconds(bare)}; the pages alone ${seconds(pages)}, without them ` +
        `${round(without, 2)}; medians of ${measured.length} rounds`,
    },
    {
      what: `${provider}: calls of the second reading`,
      figure: String(secondCalls),
      bar: '1',
      isMet: secondCalls === 1,
      sides: 'as the stand-in counted them',
    },
  ];
}

interface Ours {
  ms: number;
  secondCalls: number;
}

async function readOurs(parts: Parts, provider: CalendarProvider, account: string, events: number): Promise<Ours> {
  const { standIns, application, stage } = parts;
  const owner = await Owner.register(application, standIns, stage.caller);
  await owner.connect(provider, account);
  const run = await owner.settledReading(provider);
  if (run.counts['created'] !== events) throw new Error(`Of ${events} events came ${JSON.stringify(run)}`);
  await standIns.clearCalls(provider);
  await owner.readNow(provider);
  const calls = await standIns.apiCalls(provider);
  const ms = Date.parse(run.finished_at ?? '') - Date.parse(run.created_at);
  return { ms, secondCalls: calls.length };
}

async function readBare(
  { stage, standIns, installation }: Parts,
  provider: CalendarProvider,
  account: string,
  events: number,
  stores: boolean,
): Promise<BareReading> {
  const calendar = await openCalendar(standIns, stage.caller, provider, account);
  const child = stage.start({ entry: 'bench/rivals/bare-reading.js' });
  child.send({ ...calendar, databaseUrl: installation.database.url, stores });
  const reading = await child.message<BareReading>();
  if (reading.events !== events) throw new Error(`The rival read ${reading.events} of ${events} events`);
  return reading;
}

/** What was deleted while nobody was told, and the provider then forgot where we were. */
async function forget({ standIns, application, stage }: Parts, provider: CalendarProvider, size: Size) {
  const { known, deleted } = SIZES[size];
  const account = await seedCalendar(standIns, provider, known);
  const owner = await Owner.register(application, standIns, stage.caller);
  await owner.connect(provider, account);
  await owner.settledReading(provider);
  await standIns.control(provider, 'POST', provider === 'google' ? '/pushes/hold' : '/notifications/hold');
  const all = await listSeeded(standIns, provider, account);
  const step = Math.floor(all.length / deleted);
  for (const { id } of all.filter((_, index) => index % step === 0).slice(0, deleted)) {
    await deleteSeeded(standIns, provider, account, id);
  }
  if (provider === 'google') await standIns.control(provider, 'POST', '/forget-deletions', { account });
  else await standIns.control(provider, 'POST', '/delta/invalidate', { account, status: 400 });
  const run = await owner.readNow(provider);
  const shown = new Set((await owner.list<{ title: string }>(LISTED)).map(({ title }) => title));
  const truth = new Set((await listSeeded(standIns, provider, account)).map(({ title }) => title));
  const ghosts = [...shown].filter((title) => !truth.has(title)).length;
  const missing = [...truth].filter((title) => !shown.has(title)).length;
  return {
    what: `${provider}: ${deleted} of ${known} deleted while the cursor was lost`,
    figure: `ghosts ${ghosts}, wrongly deleted ${missing}`,
    bar: '0, 0',
    isMet: ghosts === 0 && missing === 0 && truth.size === known - deleted,
    sides: `read in full, ${run.counts['removed']} removed, ${run.provider_calls} calls`,
  };
}

const LISTED = '/api/calendar-integration/events?limit=200';
