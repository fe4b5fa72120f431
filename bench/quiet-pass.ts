import type { Bench } from './bench.js';
import { seedCalendar } from './seeded-calendar.js';
import { Owner } from './stage/owner.js';
import type { Provider } from './stage/stand-ins.js';

const SIZES = { full: { events: 2_000, bookings: 500 }, short: { events: 50, bookings: 50 } };
const CALENDLY_ACCOUNT = 'nora@example.test';
const BARS: Record<Provider, number> = { google: 1, outlook: 1, calendly: 6 };

/** What a reading costs the provider when nothing has happened since the one before. */
export const quietPass: Bench = {
  name: 'B5',
  question: 'calls of a reading in which nothing changed',
  async *run(stage, size) {
    const standIns = await stage.startStandIns();
    const application = await stage.startApplication(await stage.newInstallation(), standIns);
    const { events, bookings } = SIZES[size];
    await standIns.control('calendly', 'POST', '/seed', { account: CALENDLY_ACCOUNT, bookings });
    const accounts: [Provider, string, string][] = [
      ['google', await seedCalendar(standIns, 'google', events), `${events} events`],
      ['outlook', await seedCalendar(standIns, 'outlook', events), `${events} events`],
      ['calendly', CALENDLY_ACCOUNT, `${bookings} bookings`],
    ];
    for (const [provider, account, holding] of accounts) {
      const owner = await Owner.register(application, standIns, stage.caller);
      await owner.connect(provider, account);
      await owner.settledReading(provider);
      await standIns.clearCalls(provider);
      const run = await owner.readNow(provider);
      const asked = await standIns.apiCalls(provider);
      // A person who asks for a reading also has the channel looked at, which a reading that is due does not.
      const calls = asked.filter(({ path }) => !path.startsWith('/webhook_subscriptions'));
      const touched = (run.counts['created'] ?? 0) + (run.counts['updated'] ?? 0);
      const places = new Set(calls.map(({ method, path }) => `${method} ${shorten(path)}`));
      yield {
        what: `${provider}: calls with ${holding}, none changed`,
        figure: String(calls.length),
        bar: `<= ${BARS[provider]}`,
        isMet: calls.length <= BARS[provider] && touched === 0,
        sides:
          `${[...places].join(', ')}; ${touched} rows changed; ` +
          `beside it ${asked.length - calls.length} to look at the channel`,
      };
    }
  },
};

function shorten(path: string): string {
  return path.replace(/\/[^/]{20,}/g, '/…');
}
