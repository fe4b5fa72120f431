import { eventually } from '../eventually.js';
import { readAll } from './client.js';
import { IN_TIME, type Owner, type World } from './world.js';

const HOUR_MS = 3_600_000;

let accounts = 0;

/** A person with a Google account and two appointments. */
export function newAccount({ google }: World): string {
  accounts += 1;
  const email = `agenda-${accounts}@example.test`;
  google.control.addAccount({ name: 'Alex', email });
  for (const hour of [0, 5]) addEvent({ google }, email, `Rendez-vous ${hour}`, hour);
  return email;
}

export function addEvent({ google }: Pick<World, 'google'>, email: string, title: string, hour = 10): void {
  const startsAt = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + (24 + hour) * HOUR_MS;
  const at = (moment: number) => ({ dateTime: new Date(moment).toISOString(), timeZone: 'Europe/Paris' });
  google.control.addEvent({
    account: email,
    event: { summary: title, start: at(startsAt), end: at(startsAt + HOUR_MS) },
  });
}

/** Connected, read to the end, and pushed to. */
export async function settled(world: World, { organizationId }: Owner): Promise<void> {
  await eventually(
    async () => {
      await world.quiet();
      const [row] = await world.database.query<{ is_settled: boolean }>(
        `SELECT last_synced_at IS NOT NULL AND webhook_active AND NOT EXISTS (
           SELECT FROM sync_runs r WHERE r.integration_id = i.id AND r.state IN ('queued', 'running')) AS is_settled
         FROM integrations i WHERE organization_id = $1 AND is_active`,
        [organizationId],
      );
      return row?.is_settled;
    },
    (isSettled) => isSettled === true,
    IN_TIME,
  );
}

export interface Card {
  integration_id: string | null;
  state: string;
  account_email: string | null;
  cause: { code: string } | null;
}

/** Those that there are: every provider has a card. */
export async function connections(world: World, { token }: Owner): Promise<Card[]> {
  const { body } = await world.insist('GET', '/api/integrations', { token });
  return (body as Card[]).filter(({ integration_id: id }) => id !== null);
}

/** The titles of the calendar as the product shows it, and as it is. */
export async function titles(world: World, { token }: Owner): Promise<string[]> {
  const events = await readAll<{ title: string }>(world.fleet.url, '/api/calendar-integration/events', token);
  return events.map(({ title }) => title).toSorted();
}

export function titlesAt({ google }: World, email: string): string[] {
  const events = google.control.events({ account: email }) as { summary?: string }[];
  return events.map(({ summary }) => summary ?? '').toSorted();
}

/** What people were told of broken connections, by its cause. */
export async function brokenNews(world: World, owner: Owner): Promise<string[]> {
  return (await newsOf(world, owner, 'broken')).map(({ meta }) => meta.status_reason ?? '');
}

/** How often they were told that one works again. */
export async function recoveredNews(world: World, owner: Owner): Promise<number> {
  return (await newsOf(world, owner, 'recovered')).length;
}

async function newsOf(world: World, { token }: Owner, change: 'broken' | 'recovered') {
  const told = await readAll<{ type: string; meta: { status_reason: string | null } }>(
    world.fleet.url,
    '/api/notifications',
    token,
  );
  return told.filter(({ type }) => type.endsWith(`_connection_${change}`));
}
