import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demand, type Person } from '../support/app.js';
import { type CalComApp, startCalComApp } from '../support/cal-com-app.js';

describe('Cal.com by a person’s own consent', () => {
  let app: CalComApp;
  let person: Person;

  beforeAll(async () => {
    app = await startCalComApp({ mode: 'oauth' });
    person = await app.registerCalCom();
  });
  afterAll(() => app?.close());

  it('makes a prospect of whoever books', async () => {
    app.cal.control.book({ attendee: { name: 'Zoé Martin', email: 'zoe.martin@example.test' } });
    await app.eventually(async () => {
      const { body } = demand(200, await app.http('GET', '/api/prospects?search=zoe', { token: person.token }));
      expect(body).toEqual([
        expect.objectContaining({
          firstname: 'Zoé',
          lastname: 'Martin',
          email: 'zoe.martin@example.test',
          source: 'calcom',
        }),
      ]);
    });
  });
});
