import type { CalendarProvider } from './rivals/calendar-access.js';
import type { StandIns } from './stage/stand-ins.js';

const DAY_MS = 86_400_000;

/** Well inside of what the application reads: 90 days back, 400 ahead. */
const SPAN = { daysBack: 80, daysAhead: 390 };

let made = 0;

/** A new account whose own calendar holds so many events, each with a title of its own. Answers its address. */
export async function seedCalendar(standIns: StandIns, provider: CalendarProvider, events: number): Promise<string> {
  made += 1;
  const email = `bench.${made}@example.test`;
  await standIns.control(provider, 'POST', '/accounts', { name: `Bench ${made}`, email });
  const [from, to] = [-SPAN.daysBack, SPAN.daysAhead].map((days) => new Date(Date.now() + days * DAY_MS).toISOString());
  await standIns.control(provider, 'POST', '/seed', { account: email, events, from, to });
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
