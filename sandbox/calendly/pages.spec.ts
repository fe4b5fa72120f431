import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CalendlySandbox, startCalendlySandbox } from './start-calendly-sandbox.js';
import { type AnswerBody, ApiSession } from './testing/api-session.js';

const uris = (body: AnswerBody) => body.collection.map((event) => event.uri);

describe('a list', () => {
  let sandbox: CalendlySandbox;
  let session: ApiSession;
  beforeAll(async () => {
    sandbox = await startCalendlySandbox();
    sandbox.control.seed({ bookings: 200 });
    session = await ApiSession.connect(sandbox);
  });
  afterAll(() => sandbox.close());

  const page = async (query: Record<string, string>) =>
    (await session.get('/scheduled_events', { user: session.tokens.owner, ...query })).body;

  it('has twenty rows unless told otherwise, and no way back from the first page', async () => {
    const { pagination } = await page({});
    expect(pagination).toMatchObject({ count: 20, previous_page: null, previous_page_token: null });
    expect(pagination.next_page).toContain(`page_token=${pagination.next_page_token}`);
  });

  it.each(['asc', 'desc'])('is walked once through, %s, by its next_page addresses', async (direction) => {
    const seen: string[] = [];
    let body = await page({ count: '50', sort: `start_time:${direction}` });
    seen.push(...uris(body));
    while (body.pagination.next_page) {
      body = (await session.send('GET', body.pagination.next_page)).body;
      seen.push(...uris(body));
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(213);
  });

  it('leads back to the page before', async () => {
    const first = await page({ count: '30' });
    const second = await page({ count: '30', page_token: first.pagination.next_page_token });
    const back = await page({ count: '30', page_token: second.pagination.previous_page_token });
    expect(uris(back)).toEqual(uris(first));
  });

  it('neither repeats nor hides rows when one is booked between two pages', async () => {
    const first = await page({ count: '100' });
    sandbox.control.seed({ bookings: 1, from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' });
    const second = await page({ count: '100', page_token: first.pagination.next_page_token });
    expect(uris(second).filter((uri) => uris(first).includes(uri))).toEqual([]);
    expect(second.collection).toHaveLength(100);
  });

  it.each([
    ['0', 'must be greater than or equal to 1'],
    ['101', 'must be less than or equal to 100'],
    ['ten', 'must be a number'],
  ])('refuses a count of %s', async (count, message) => {
    const { details } = await page({ count });
    expect(details).toEqual([{ parameter: 'count', message }]);
  });

  it('refuses a token with other filters, and one it did not make', async () => {
    const { pagination } = await page({});
    const other = await page({ status: 'active', page_token: pagination.next_page_token });
    expect(other.details[0]?.parameter).toBe('page_token');
    expect((await page({ page_token: 'abc' })).title).toBe('Invalid Argument');
  });
});
