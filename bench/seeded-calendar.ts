import type { CalendarProvider } from './rivals/calendar-access.js';
import type { StandIns } from './stage/stand-ins.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Inside of what the application reads: 30 days back, and ahead 400 of Google, 180 of Outlook. */
const DAYS_BACK = 29;

/** One each hour, on the hour: half an hour that begins there crosses no change of the clocks. */
const MOST_AT_ONCE = { google: 10_000, outlook: 5_000 };

let made = 0;

/** A new account whose own calendar holds so many events; of the most that are made at once each has its own title. Answers its address. */
export async function seedCalendar(standIns: StandIns, provider: CalendarProvider, events: number): Promise<string> {
  made += 1;
  const email = `bench.${made}@example.test`;
  await standIns.control(provider, 'POST', '/accounts', { name: `Bench ${made}`, email });
  const from = Math.floor((Date.now() - DAYS_BACK * DAY_MS) / HOUR_MS) * HOUR_MS;
  for (let left = events; left > 0; left -= MOST_AT_ONCE[provider]) {
    const some = Math.min(left, MOST_AT_ONCE[provider]);
    const span = { from: new Date(from).toISOString(), to: new Date(from + some * HOUR_MS).toISOString() };
    await standIns.control(provider, 'POST', '/seed', { account: email, events: some, ...span });
  }
  return email;
}

export interface SeededEvent {
  id: string;
  title: string;
}

/** What truly is in it. */
export async function listSeeded(
  standIns: StandIns,
  provider: CalendarProvider,
  account: string,
): Promise<SeededEvent[]> {
  const [from, to] = [-500, 500].map((days) => new Date(Date.now() + days * DAY_MS).toISOString());
  const query = new URLSearchParams({ account, from: from!, to: to! }).toString();
  const events = await standIns.control<{ id: string; summary?: string; subject?: string }[]>(
    provider,
    'GET',
    `/events?${query}`,
  );
  return events.map(({ id, summary, subject }) => ({ id, title: summary ?? subject ?? '' }));
}

export async function deleteSeeded(
  standIns: StandIns,
  provider: CalendarProvider,
  account: string,
  event: string,
): Promise<void> {
  const [method, path] =
    provider === 'google' ? (['DELETE', '/events'] as const) : (['POST', '/events/delete'] as const);
  await standIns.control(provider, method, path, { account, event });
}
