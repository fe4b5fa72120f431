// The least that a first import can be: the pages one after the other, and one statement for each. No judgement, no
// progress, no second look. Forked by the bench, with a database connection of its own.
import { Agent, get } from 'node:http';
import { Client } from 'pg';
import type { BareReading, BareReadingOrder } from './messages.js';

interface Page {
  items?: GoogleEvent[];
  value?: OutlookEvent[];
  nextPageToken?: string;
  '@odata.nextLink'?: string;
}

interface GoogleEvent {
  id: string;
  iCalUID?: string;
  summary?: string;
  description?: string;
  location?: string;
  start: { dateTime?: string; date?: string; timeZone?: string };
  end: { dateTime?: string; date?: string };
  htmlLink?: string;
  etag?: string;
  updated?: string;
}

interface OutlookEvent {
  id: string;
  iCalUId?: string;
  subject?: string;
  body?: { content?: string };
  location?: { displayName?: string };
  isAllDay?: boolean;
  start: { dateTime: string };
  end: { dateTime: string };
  webLink?: string;
  '@odata.etag'?: string;
  lastModifiedDateTime?: string;
}

const agent = new Agent({ keepAlive: true });

const CREATE = `
  DROP TABLE IF EXISTS bare_events;
  CREATE TABLE bare_events (LIKE calendar_events INCLUDING DEFAULTS);
  ALTER TABLE bare_events ADD PRIMARY KEY (id), ADD UNIQUE (integration_id, calendar_id, external_id)`;

const INSERT = `
  INSERT INTO bare_events (id, organization_id, integration_id, calendar_id, external_id, ical_uid, title, description,
    location, all_day, starts_at, ends_at, start_date, end_date, time_zone, status, visibility, is_busy, attendees,
    html_link, etag, provider_updated_at, content_hash)
  SELECT uuidv7(), $2, $3, $4, external_id, ical_uid, title, description, location, all_day, starts_at, ends_at,
    start_date, end_date, time_zone, 'confirmed', 'normal', true, '[]', html_link, etag, provider_updated_at, ''
  FROM json_to_recordset($1) AS given (external_id text, ical_uid text, title text, description text, location text,
    all_day boolean, starts_at timestamptz, ends_at timestamptz, start_date date, end_date date, time_zone text,
    html_link text, etag text, provider_updated_at timestamptz)`;

const owner = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', 'calendar'];

process.once('message', (order: BareReadingOrder) => {
  void read(order).then((reading) => process.send?.(reading, () => process.exit(0)));
});

async function read(order: BareReadingOrder): Promise<BareReading> {
  const client = new Client({ connectionString: order.databaseUrl });
  await client.connect();
  await client.query(CREATE);
  let [events, pages] = [0, 0];
  const startedAt = performance.now();
  for (let url: string | null = order.firstUrl; url !== null;) {
    const page = await readPage(url, order);
    const rows = order.provider === 'google' ? (page.items ?? []).map(ofGoogle) : (page.value ?? []).map(ofOutlook);
    if (order.stores) await client.query(INSERT, [JSON.stringify(rows), ...owner]);
    events += rows.length;
    pages += 1;
    url = nextOf(url, page);
  }
  const ms = performance.now() - startedAt;
  await client.end();
  agent.destroy();
  return { ms, events, pages };
}

function readPage(url: string, { accessToken, headers }: BareReadingOrder): Promise<Page> {
  return new Promise((resolve, reject) => {
    const asked = get(url, { agent, headers: { ...headers, authorization: `Bearer ${accessToken}` } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) resolve(JSON.parse(text) as Page);
        else reject(new Error(`${url} answered ${response.statusCode}: ${text}`));
      });
    });
    asked.once('error', reject);
  });
}

function nextOf(url: string, page: Page): string | null {
  if (page['@odata.nextLink']) return page['@odata.nextLink'];
  if (!page.nextPageToken) return null;
  const next = new URL(url);
  next.searchParams.set('pageToken', page.nextPageToken);
  return next.href;
}

function ofGoogle(event: GoogleEvent) {
  return {
    external_id: event.id,
    ical_uid: event.iCalUID,
    title: event.summary,
    description: event.description,
    location: event.location,
    all_day: event.start.date !== undefined,
    starts_at: event.start.dateTime,
    ends_at: event.end.dateTime,
    start_date: event.start.date,
    end_date: event.end.date,
    time_zone: event.start.timeZone,
    html_link: event.htmlLink,
    etag: event.etag,
    provider_updated_at: event.updated,
  };
}

function ofOutlook(event: OutlookEvent) {
  const allDay = event.isAllDay === true;
  return {
    external_id: event.id,
    ical_uid: event.iCalUId,
    title: event.subject,
    description: event.body?.content,
    location: event.location?.displayName,
    all_day: allDay,
    starts_at: allDay ? null : `${event.start.dateTime}Z`,
    ends_at: allDay ? null : `${event.end.dateTime}Z`,
    start_date: allDay ? event.start.dateTime.slice(0, 10) : null,
    end_date: allDay ? event.end.dateTime.slice(0, 10) : null,
    html_link: event.webLink,
    etag: event['@odata.etag'],
    provider_updated_at: event.lastModifiedDateTime,
  };
}
