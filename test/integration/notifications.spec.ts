import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type NotificationDraft, Notifications, OrganizationFeed } from '../../src/notifications/index.js';
import { type CrmAnswer, type CrmApp, type Person, startCrmApp } from '../support/crm-app.js';
import { eventually } from '../support/eventually.js';
import { Gate } from '../support/gate.js';
import { type TestDatabase, createTestDatabase } from '../support/test-database.js';

describe('notifications', () => {
  let database: TestDatabase;
  let app: CrmApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startCrmApp(database.url);
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const tell = (person: Person, ...drafts: NotificationDraft[]) =>
    app.inOrganizationOf(person, (tx) => app.get(Notifications).tell(tx, drafts));
  const list = (person: Person, query = ''): Promise<CrmAnswer> =>
    app.send(person, 'GET', `/api/notifications${query}`);
  const messages = ({ body }: CrmAnswer): string[] => body.map(({ message }: { message: string }) => message);

  it('are listed newest first, as they were told', async () => {
    const person = await app.register();
    const [told] = await tell(person, draft('un', { meta: { prospect_id: 'p', note: '<b>' } }), draft('deux'));

    const { status, body } = await list(person);

    expect(status).toBe(200);
    expect(body.map(({ message }: { message: string }) => message)).toEqual(['deux', 'un']);
    expect(body[1]).toEqual({
      id: told!.id,
      type: 'calendly_prospect_created',
      title: 'Nouveau prospect Calendly',
      message: 'un',
      meta: { prospect_id: 'p', note: '<b>' },
      created_at: told!.created_at.toISOString(),
      read_at: null,
    });
  });

  it('are told once for one reason, in one call, in several and at the same moment', async () => {
    const person = await app.register();
    const browser = await app.browse(person.token);
    const reason = { dedupeKey: 'booking:1:created' };

    const first = await tell(person, draft('une fois', reason), draft('encore', reason));
    const again = await Promise.all(Array.from({ length: 20 }, () => tell(person, draft('toujours', reason))));
    const last = await tell(person, draft('fin'));

    expect([first.length, again.flat().length, last.length]).toEqual([1, 0, 1]);
    expect(messages(await list(person))).toEqual(['fin', 'une fois']);
    const heard = await eventually(
      async () => browser.heard,
      ({ length }) => length >= 2,
      5_000,
    );
    expect(heard.map(({ name, payload }) => [name, payload['message']])).toEqual([
      ['notification', 'une fois'],
      ['notification', 'fin'],
    ]);
    const { id, type, title, message, meta, created_at: createdAt } = last[0]!;
    expect(heard[1]!.payload).toEqual({ id, type, title, message, meta, created_at: createdAt.toISOString() });
    browser.socket.disconnect();
  });

  it('are told to the organization alone, and to one person when they are for one', async () => {
    const [person, stranger] = [await app.register(), await app.register()];
    const [forAll, forMe] = await tell(person, draft('pour tous'), draft('pour moi', { userId: person.userId }));
    await tell(stranger, draft('ailleurs'));
    const colleague = await app.register();
    const [forColleague] = await tell(person, draft('pour une autre', { userId: colleague.userId }));

    expect(messages(await list(person))).toEqual(['pour moi', 'pour tous']);
    expect(messages(await list(stranger))).toEqual(['ailleurs']);
    expect((await app.send(person, 'GET', '/api/notifications/unread-count')).body).toEqual({ count: 2 });

    for (const id of [forAll!.id, forMe!.id]) {
      expect((await app.send(stranger, 'POST', `/api/notifications/${id}/read`)).status).toBe(404);
      expect((await list(stranger, `?after=${id}`)).status).toBe(404);
    }
    const { status, body } = await app.send(person, 'POST', `/api/notifications/${forColleague!.id}/read`);
    expect([status, body.code]).toEqual([404, 'notification/not-found']);
    expect((await app.send(null, 'GET', '/api/notifications')).status).toBe(401);
  });

  it('are read by each person for themselves, once', async () => {
    const person = await app.register();
    const [one] = await tell(person, draft('un'), draft('deux'), draft('trois'));
    const read = () => app.send(person, 'POST', `/api/notifications/${one!.id}/read`);

    const { status, body } = await read();
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: one!.id, read_at: expect.any(String) });
    expect((await read()).body).toEqual(body);

    expect(messages(await list(person, '?unread=true'))).toEqual(['trois', 'deux']);
    expect(messages(await list(person, '?unread=false'))).toHaveLength(3);
    expect((await app.send(person, 'GET', '/api/notifications/unread-count')).body).toEqual({ count: 2 });
    expect((await app.send(person, 'POST', '/api/notifications/read-all')).body).toEqual({ updated: 2 });
    expect((await app.send(person, 'POST', '/api/notifications/read-all')).body).toEqual({ updated: 0 });
    expect((await list(person, '?unread=true')).body).toEqual([]);
    expect((await list(person)).body.at(-1).read_at).toBe(body.read_at);
  });

  it('are paged without a gap or a double while more are told', async () => {
    const person = await app.register();
    await tell(person, ...Array.from({ length: 25 }, (_, index) => draft(String(index))));

    const seen: string[] = [];
    for (let path: string | null = '/api/notifications?limit=10'; path !== null;) {
      const answer: CrmAnswer = await app.send(person, 'GET', path);
      seen.push(...messages(answer));
      await tell(person, draft('plus tard'));
      path = nextOf(answer);
    }

    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => String(24 - index)));
  });

  it('that were missed are caught up in order, by pages', async () => {
    const person = await app.register();
    const browser = await app.browse(person.token);
    const [known] = await tell(person, draft('connue'));
    browser.socket.disconnect();
    const missed = Array.from({ length: 45 }, (_, index) => `manquée ${index}`);
    for (const message of missed) await tell(person, draft(message));

    const caughtUp: string[] = [];
    for (let path: string | null = `/api/notifications?after=${known!.id}&limit=20`; path !== null;) {
      const answer: CrmAnswer = await app.send(person, 'GET', path);
      caughtUp.push(...messages(answer));
      path = nextOf(answer);
    }

    expect(caughtUp).toEqual(missed);
  });

  it('never slip in before one that was already read out, however late their transaction commits', async () => {
    const person = await app.register();
    const slowHasTold = new Gate();
    const slowMayCommit = new Gate();
    const slow = app.inOrganizationOf(person, async (tx) => {
      await app.get(Notifications).tell(tx, [draft('lente')]);
      slowHasTold.open();
      await slowMayCommit.opened;
    });
    await slowHasTold.opened;

    const fast = tell(person, draft('rapide'));
    // The fast one waits for the lock of the slow one: seen from outside, neither is there.
    await eventually(waitingForLock, (count) => count > 0, 2_000);
    expect((await list(person)).body).toEqual([]);
    slowMayCommit.open();
    await Promise.all([slow, fast]);

    const [rapide, lente] = (await list(person)).body;
    expect([lente.message, rapide.message]).toEqual(['lente', 'rapide']);
    expect(messages(await list(person, `?after=${lente.id}`))).toEqual(['rapide']);
  });

  it('carry hours that run like their order, also when the later one’s transaction began first', async () => {
    const person = await app.register();
    const begun = new Gate();
    const mayTell = new Gate();
    const early = app.inOrganizationOf(person, async (tx) => {
      begun.open();
      await mayTell.opened;
      await app.get(Notifications).tell(tx, [draft('deuxième')]);
    });
    await begun.opened;
    await tell(person, draft('premier'));
    mayTell.open();
    await early;

    const { body } = await list(person);

    expect(body.map(({ message }: { message: string }) => message)).toEqual(['deuxième', 'premier']);
    expect(Date.parse(body[0].created_at)).toBeGreaterThanOrEqual(Date.parse(body[1].created_at));
  });

  it('are all found by a reader who only ever asks for what came after, while many tell at once', async () => {
    const person = await app.register();
    const [start] = await tell(person, draft('début'));
    const seen: string[] = [];
    let after = start!.id;
    const readOn = async (): Promise<void> => {
      for (;;) {
        const { body } = await list(person, `?after=${after}&limit=200`);
        if (body.length === 0) return;
        seen.push(...body.map(({ message }: { message: string }) => message));
        after = body.at(-1).id;
      }
    };

    const allTold = new AbortController();
    const reading = (async () => {
      while (!allTold.signal.aborted) await readOn();
    })();
    await Promise.all(
      Array.from({ length: 8 }, async (_, teller) => {
        for (let index = 0; index < 20; index += 1) {
          await app
            .inOrganizationOf(person, async (tx) => {
              await app.get(Notifications).tell(tx, [draft(`${teller}/${index}`)]);
              // Every third one is taken back, and leaves a gap.
              if (index % 3 === 2) throw new Error('taken back');
            })
            .catch(() => undefined);
        }
      }),
    );
    allTold.abort();
    await reading;
    await readOn();

    const committed = await database.query<{ message: string }>(
      `SELECT message FROM notifications WHERE organization_id = $1 AND message <> 'début' ORDER BY position`,
      [person.organizationId],
    );
    expect(committed).toHaveLength(8 * 14);
    expect(seen).toEqual(committed.map(({ message }) => message));
  }, 20_000);

  it('leave alone whoever only refers to the organization while it is locked', async () => {
    const person = await app.register();
    const locked = new Gate();
    const done = new Gate();
    const merge = app.inOrganizationOf(person, async (tx) => {
      const organization = await app.get(OrganizationFeed).lock(tx);
      expect(organization).toMatchObject({ id: person.organizationId, time_zone: 'Europe/Paris', locale: 'fr' });
      locked.open();
      await done.opened;
    });
    await locked.opened;

    const { status } = await app.send(person, 'POST', '/api/prospects', { lastname: 'Pendant la fusion' });

    expect(status).toBe(201);
    done.open();
    await merge;
  });

  it('refuse questions that nobody means', async () => {
    const person = await app.register();
    const [told] = await tell(person, draft('un'), draft('deux'));
    const next = nextOf(await list(person, '?limit=1'))!;
    const cursor = new URL(next, 'http://x').searchParams.get('cursor');

    const queries = [
      '?limit=0',
      '?limit=201',
      '?limit=1e1',
      '?after=1',
      '?unread=oui',
      '?cursor=abc',
      '?organization_id=1',
    ];
    for (const query of [...queries, `?cursor=${cursor}&after=${told!.id}`]) {
      expect([query, (await list(person, query)).status]).toEqual([query, 400]);
    }
    expect((await list(person, `?after=${randomUUID()}`)).status).toBe(404);
    expect((await app.send(person, 'POST', '/api/notifications/1/read')).status).toBe(400);
  });

  async function waitingForLock(): Promise<number> {
    const [row] = await database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%feed_position%'`,
    );
    return row!.count;
  }
});

function draft(message: string, rest: Partial<NotificationDraft> = {}): NotificationDraft {
  return {
    type: 'calendly_prospect_created',
    title: 'Nouveau prospect Calendly',
    message,
    meta: {},
    dedupeKey: randomUUID(),
    ...rest,
  };
}

function nextOf({ headers }: CrmAnswer): string | null {
  return /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? null;
}
