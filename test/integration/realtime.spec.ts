import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, decodeJwt } from 'jose';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { type OrganizationMessage, Realtime } from '../../src/realtime/index.js';
import { type Browser, type CrmApp, FRONTEND, JWT_SECRET, type Person, startCrmApp } from '../support/crm-app.js';
import { eventually } from '../support/eventually.js';
import { type TestDatabase, createTestDatabase } from '../support/test-database.js';

describe('a browser that listens', () => {
  let database: TestDatabase;
  let here: CrmApp;
  let elsewhere: CrmApp;
  let open: Browser[] = [];
  const fences = new Set<unknown>();

  beforeAll(async () => {
    database = await createTestDatabase();
    [here, elsewhere] = await Promise.all([startCrmApp(database.url), startCrmApp(database.url)]);
    await eventually(countListeners, (count) => count === 4, 5_000);
  });
  afterEach(() => {
    for (const { socket } of open) socket.disconnect();
    open = [];
  });
  afterAll(async () => {
    await Promise.all([here?.close(), elsewhere?.close()]);
    await database?.drop();
  });

  const browse = async (app: CrmApp, token: string, options = {}): Promise<Browser> => {
    const browser = await app.browse(token, options);
    open.push(browser);
    return browser;
  };
  const refusal = async (attempt: Promise<Browser>): Promise<Error & { data?: { code: string } }> =>
    await attempt.then(
      () => Promise.reject(new Error('The handshake was accepted')),
      (error: Error) => error,
    );
  const publish = (person: Person, ...messages: OrganizationMessage[]): Promise<void> =>
    here.inOrganizationOf(person, (tx) => here.get(Realtime).publish(tx, messages));
  /** Waits for a message sent after all others: PostgreSQL keeps the order of commits, so nothing is still on its way. */
  const heardUntilNow = async (person: Person, browser: Browser): Promise<Browser['heard']> =>
    await heardUntil(await fenceFor(person), browser);
  const fenceFor = async (person: Person): Promise<string> => {
    const fence = randomUUID();
    fences.add(fence);
    await publish(person, erased(fence));
    return fence;
  };
  const heardUntil = async (fence: string, { heard }: Browser): Promise<Browser['heard']> => {
    await eventually(
      async () => heard.length,
      () => heard.some(({ payload }) => payload['id'] === fence),
      5_000,
    );
    return heard.filter(({ payload }) => !fences.has(payload['id']));
  };
  const ended = (browser: Browser): Promise<string> =>
    eventually(
      async () => (browser.socket.connected ? 'connected' : 'ended'),
      (state) => state === 'ended',
      2_000,
    );

  async function countListeners(): Promise<number> {
    const [row] = await database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'passerelle realtime' AND query ~ '^LISTEN'`,
    );
    return row!.count;
  }

  it('hears what is committed on any instance, once and as it was said', async () => {
    const person = await here.register();
    const browsers = [await browse(here, person.token), await browse(elsewhere, person.token)];
    const created: OrganizationMessage = {
      name: 'prospect:created',
      payload: {
        id: randomUUID(),
        firstname: '<img src=x onerror=alert(1)>',
        lastname: '{{7*7}} DÃ©couverte 🦊',
        email: null,
        phone: null,
        status: 'new',
        source: 'calendly',
        notes: 'Un\n\nDeux',
        created_at: new Date().toISOString(),
      },
    };

    await publish(person, created);

    for (const browser of browsers) {
      expect(await heardUntilNow(person, browser)).toEqual([{ name: created.name, payload: created.payload }]);
    }
  });

  it('hears many messages of one commit in their order', async () => {
    const person = await here.register();
    const browser = await browse(elsewhere, person.token);
    const ids = Array.from({ length: 300 }, () => randomUUID());

    await publish(person, ...ids.map(erased));

    expect((await heardUntilNow(person, browser)).map(({ payload }) => payload['id'])).toEqual(ids);
  });

  it('hears nothing of a transaction that was rolled back', async () => {
    const person = await here.register();
    const browser = await browse(elsewhere, person.token);

    const work = here.inOrganizationOf(person, async (tx) => {
      await here.get(Realtime).publish(tx, [erased(randomUUID()), tooLongForNotify(8_000)]);
      throw new Error('no commit');
    });

    await expect(work).rejects.toThrow('no commit');
    expect(await heardUntilNow(person, browser)).toEqual([]);
  });

  it('hears messages of every length around the limit of NOTIFY and far beyond it', async () => {
    const person = await here.register();
    const browser = await browse(elsewhere, person.token);
    const sizes = [...Array.from({ length: 40 }, (_, index) => 7_700 + index * 10), 500_000];

    await publish(person, ...sizes.map(tooLongForNotify));
    const heard = await eventually(
      async () => browser.heard,
      ({ length }) => length === sizes.length,
      5_000,
    );

    const lengths = heard.map(({ payload }) => (payload['message'] as string).length).sort((one, other) => one - other);
    expect(lengths).toEqual(sizes);
    const [large] = await database.query(`SELECT count(*)::int AS count FROM socket_io_attachments`);
    expect(large).not.toEqual({ count: 0 });
  });

  it('hears what is for its person, and not what is for a colleague', async () => {
    const person = await here.register();
    const browser = await browse(here, person.token);
    const forMe = notice('pour moi');

    await publish(person, { ...notice('pour une autre'), userId: randomUUID() }, { ...forMe, userId: person.userId });

    expect(await heardUntilNow(person, browser)).toEqual([{ name: 'notification', payload: forMe.payload }]);
  });

  it('hears nothing of another organization, whatever room it asks for', async () => {
    const [victim, stranger] = [await here.register(), await here.register()];
    const spying = await Promise.all(Array.from({ length: 20 }, () => browse(here, stranger.token)));
    const rooms = [`org:${victim.organizationId}`, victim.organizationId, `user:${victim.userId}`, '*', ''];
    for (let index = 0; index < 1_000; index += 1) {
      const socket = spying[index % spying.length]!.socket as unknown as {
        emit(name: string, ...rest: unknown[]): void;
      };
      const room = rooms[index] ?? `org:${randomUUID()}`;
      const name = ['join', 'subscribe', 'join-room', room || 'room'][index % 4]!;
      socket.emit(name, room, () => undefined);
    }

    await publish(victim, erased(randomUUID()), notice('secret'));

    for (const browser of spying) expect(await heardUntilNow(stranger, browser)).toEqual([]);
    expect(spying.every(({ socket }) => socket.connected)).toBe(true);
  });

  it('hears its own organization among many, completely', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => here.register()));
    const browsers = new Map<Person, Browser[]>();
    for (const person of people) {
      const crowd = Array.from({ length: 10 }, (_, index) => browse(index % 2 ? here : elsewhere, person.token));
      browsers.set(person, await Promise.all(crowd));
    }

    await Promise.all(
      people.map(async (person) => {
        for (let index = 0; index < 10; index += 1) {
          await publish(person, ...Array.from({ length: 10 }, () => notice(person.userId)));
        }
      }),
    );

    for (const [person, crowd] of browsers) {
      const fence = await fenceFor(person);
      for (const browser of crowd) {
        const heard = await heardUntil(fence, browser);
        expect(heard).toHaveLength(100);
        expect(heard.every(({ payload }) => payload['message'] === person.userId)).toBe(true);
      }
    }
  }, 30_000);

  it('is let in by its token alone', async () => {
    const person = await here.register();

    for (const token of ['', 'nonsense', `${person.token}x`, { $ne: '' } as unknown as string]) {
      const error = await refusal(browse(here, token));
      expect(error.data).toEqual({ code: 'session/invalid' });
    }
    const error = await refusal(browse(here, undefined as unknown as string, { query: { token: person.token } }));
    expect(error.data).toEqual({ code: 'session/invalid' });
  });

  it('is let in from the front end, from the server’s own pages and from programs, by either transport', async () => {
    const person = await here.register();

    for (const transport of ['websocket', 'polling']) {
      for (const origin of [FRONTEND, 'http://localhost:3000', undefined]) {
        const extraHeaders = origin === undefined ? {} : { origin };
        const { socket } = await browse(here, person.token, { transports: [transport], extraHeaders });
        expect(socket.connected).toBe(true);
      }
    }
  });

  it('is refused from any other page, by either transport', async () => {
    const person = await here.register();
    const origins = [
      'https://evil.example',
      'null',
      `${FRONTEND}.evil.example`,
      'http://crm.example',
      `${FRONTEND}:8443`,
    ];

    for (const transport of ['websocket', 'polling']) {
      for (const origin of origins) {
        const error = await refusal(browse(here, person.token, { transports: [transport], extraHeaders: { origin } }));
        expect(error.message).toMatch(/websocket error|xhr poll error/);
      }
    }
  });

  it('is ended when its token expires', async () => {
    const person = await here.register();
    const browser = await browse(here, await shortened(person, 2));
    const untilExpiry = performance.now();

    await eventually(
      async () => browser.socket.connected,
      (connected) => !connected,
      4_000,
    );

    expect(performance.now() - untilExpiry).toBeGreaterThan(500);
  });

  it('is refused with a token that a request would still be forgiven', async () => {
    const person = await here.register();

    const error = await refusal(browse(here, await shortened(person, -5)));

    expect(error.data).toEqual({ code: 'session/invalid' });
  });

  it('is ended within two seconds of a logout on another instance, and does not come back', async () => {
    const [person, bystander] = [await here.register(), await here.register()];
    const [mine, other] = [await browse(here, person.token), await browse(here, bystander.token)];

    const { status } = await elsewhere.send(person, 'POST', '/api/auth/logout', {});

    expect(status).toBeLessThan(300);
    await ended(mine);
    expect(other.socket.connected).toBe(true);
    const again = await browse(here, person.token).then(ended, () => 'refused');
    expect(again).toMatch(/ended|refused/);
  });

  it('is ended within two seconds when its person is removed', async () => {
    const owner = await here.register();
    const member = await join(owner);
    const browser = await browse(here, member.token);

    const { status } = await elsewhere.send(owner, 'DELETE', `/api/organization/members/${member.userId}`);

    expect(status).toBe(204);
    await ended(browser);
    const again = await browse(here, member.token).then(ended, () => 'refused');
    expect(again).toMatch(/ended|refused/);
  });

  it('stays when its person only gets another role', async () => {
    const owner = await here.register();
    const member = await join(owner);
    const browser = await browse(here, member.token);

    const path = `/api/organization/members/${member.userId}`;
    const { status } = await elsewhere.send(owner, 'PATCH', path, { role: 'admin' });

    expect(status).toBe(200);
    expect(await heardUntilNow(owner, browser)).toEqual([]);
    expect(browser.socket.connected).toBe(true);
  });

  it('is ended when it talks too much or too loud, and nobody else notices', async () => {
    const person = await here.register();
    const quiet = await browse(here, person.token);
    type Loud = { emit(name: string, ...rest: unknown[]): void };
    const shouting = await browse(here, person.token);
    const chatting = await browse(here, person.token);
    const bombing = await browse(here, person.token);

    (shouting.socket as unknown as Loud).emit('message', 'x'.repeat(20_000));
    for (let index = 0; index < 10_000; index += 1) (chatting.socket as unknown as Loud).emit('ping', () => undefined);
    (bombing.socket as unknown as Loud).emit(
      'bomb',
      Array.from({ length: 50 }, () => Buffer.alloc(8)),
    );

    await Promise.all([shouting, chatting, bombing].map(ended));
    expect(await heardUntilNow(person, quiet)).toEqual([]);
  });

  it('is counted while it listens, and logged without its token', async () => {
    const person = await here.register();
    const connected = async () => (await here.get(Metrics).sockets.get()).values[0]!.value;
    await eventually(connected, (count) => count === 0, 2_000);

    const browser = await browse(here, person.token);
    expect(await connected()).toBe(1);
    browser.socket.disconnect();
    await eventually(connected, (count) => count === 0, 2_000);

    const line = here.logged.findLast((entry) => entry.includes('"socket.connected"')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({
      user_id: person.userId,
      rooms: [
        `org:${person.organizationId}`,
        `user:${person.userId}`,
        `session:${String(decodeJwt(person.token)['sid'])}`,
      ],
    });
    expect(here.logged.join('')).not.toContain(person.token);
  });

  it('hears again, once, and is checked again after the database connections were lost', async () => {
    const [person, leaver] = [await here.register(), await here.register()];
    const [browser, leaving] = [await browse(here, person.token), await browse(here, leaver.token)];

    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'passerelle realtime'`,
    );
    await database.query(`UPDATE sessions SET revoked_at = now(), revoked_reason = 'logout' WHERE user_id = $1`, [
      leaver.userId,
    ]);
    await eventually(countListeners, (count) => count === 4, 10_000);

    await ended(leaving);
    const id = randomUUID();
    await publish(person, erased(id));
    expect(await heardUntilNow(person, browser)).toEqual([{ name: 'prospect:deleted', payload: { id } }]);
  });

  it('is sent looking for another instance by one that closes', async () => {
    const closing = await startCrmApp(database.url);
    const person = await closing.register();
    const browser = await browse(closing, person.token);
    const reason = new Promise<string>((resolve) => browser.socket.once('disconnect', resolve));

    await closing.close();

    // The one reason after which clients come back by themselves.
    expect(await reason).toBe('transport close');
  });

  it('does not hold up the end of an instance by sleeping', async () => {
    const closing = await startCrmApp(database.url);
    const asleep = connect(Number(new URL(closing.url).port), '127.0.0.1');
    const headers = 'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13';
    const key = randomBytes(16).toString('base64');
    asleep.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n${headers}\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
    await once(asleep, 'data');
    const begun = performance.now();

    await closing.close();

    expect(performance.now() - begun).toBeLessThan(3_000);
    asleep.destroy();
  });

  /** A member of somebody's organization; there is no route for it, members come with a host application's tokens. */
  async function join(owner: Person): Promise<Person> {
    const member = await here.register();
    await database.query(`UPDATE users SET organization_id = $2, role = 'member' WHERE id = $1`, [
      member.userId,
      owner.organizationId,
    ]);
    await database.query(`UPDATE sessions SET organization_id = $2 WHERE user_id = $1`, [
      member.userId,
      owner.organizationId,
    ]);
    const token = await sign({ ...decodeJwt(member.token), organization_id: owner.organizationId });
    return { ...member, token, organizationId: owner.organizationId };
  }
});

function shortened(person: Person, seconds: number): Promise<string> {
  return sign({ ...decodeJwt(person.token), exp: Math.floor(Date.now() / 1000) + seconds });
}

function sign(claims: Record<string, unknown>): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(Buffer.from(JWT_SECRET));
}

function erased(id: string): OrganizationMessage {
  return { name: 'prospect:deleted', payload: { id } };
}

function notice(message: string): OrganizationMessage & { name: 'notification' } {
  const createdAt = new Date().toISOString();
  return {
    name: 'notification',
    payload: { id: randomUUID(), type: 'test', title: 'Essai', message, meta: {}, created_at: createdAt },
  };
}

function tooLongForNotify(length: number): OrganizationMessage {
  return notice('x'.repeat(length));
}
