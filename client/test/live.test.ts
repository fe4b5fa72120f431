import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPasserelle, memoryStore, type Notification, NotificationFeed, type Passerelle } from '../src/index.js';
import { fakeFetch, problem, SESSION, tokens } from './fake-fetch.js';

let http: HttpServer;
let io: Server;
let origin: string;
let client: Passerelle | undefined;
/** Tokens the socket server lets in. */
let valid: Set<string>;

beforeEach(async () => {
  valid = new Set(['access-1']);
  http = createServer();
  io = new Server(http);
  io.use((socket, next) => {
    const token = String(socket.handshake.auth['token']);
    next(
      valid.has(token) ? undefined : Object.assign(new Error('session/invalid'), { data: { code: 'session/invalid' } }),
    );
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});

afterEach(async () => {
  client?.live.close();
  client = undefined;
  await io.close();
});

const isLive = () => vi.waitFor(() => expect(client?.live.current.state).toBe('live'), { timeout: 8_000 });

describe('the socket of a session', () => {
  it('hears what the server says, by name', async () => {
    client = createPasserelle({ origin, store: memoryStore(SESSION) });
    const heard: string[] = [];
    client.live.on('prospect:deleted', ({ id }) => heard.push(id));
    client.live.open();
    await isLive();
    io.emit('prospect:deleted', { id: 'p1' });
    io.emit('notification', { id: 'n1' });
    await vi.waitFor(() => expect(heard).toEqual(['p1']));
    expect(client.live.current.heardAt).toBeInstanceOf(Date);
  });

  it('comes back with a fresh token when the server says goodbye, and says so each time it is connected', async () => {
    const { fetch } = fakeFetch(() => Response.json(tokens(2)));
    client = createPasserelle({ origin, fetch, store: memoryStore(SESSION) });
    let connections = 0;
    client.live.onConnect(() => (connections += 1));
    client.live.open();
    await isLive();
    valid = new Set(['access-2']);
    io.disconnectSockets(true);
    await vi.waitFor(() => expect(connections).toBe(2), { timeout: 8_000 });
    await isLive();
  });

  it('gives up when the session is over', async () => {
    const { fetch } = fakeFetch(() => problem(401, 'account/refresh-token-invalid'));
    client = createPasserelle({ origin, fetch, store: memoryStore(SESSION) });
    let isOver = false;
    client.session.onEnd(() => (isOver = true));
    client.live.open();
    await isLive();
    valid.clear();
    io.disconnectSockets(true);
    await vi.waitFor(() => expect(client?.live.current.state).toBe('off'), { timeout: 8_000 });
    expect(isOver).toBe(true);
  });
});

const notification = (number: number): Notification => ({
  id: `n${number}`,
  type: 'calendly_prospect_created',
  title: `Titre ${number}`,
  message: '',
  meta: {},
  created_at: new Date(number * 1_000).toISOString(),
  read_at: null,
});

describe('the notifications from now on', () => {
  /** What the server has told, oldest first. */
  let told: Notification[];

  function listed() {
    return fakeFetch(({ path }) => {
      const { searchParams: query } = new URL(path, origin);
      const after = query.get('after');
      if (after === null) return Response.json(told.toReversed().slice(0, Number(query.get('limit'))));
      const from = told.findIndex(({ id }) => id === after);
      if (from < 0) return problem(404, 'notification/not-found');
      // Pages of two, so that a break of any length takes several.
      const start = from + 1 + Number(query.get('cursor') ?? 0);
      const page = told.slice(start, start + 2);
      const hasMore = start + 2 < told.length;
      const link = `</api/notifications?after=${after}&cursor=${start - from + 1}>; rel="next"`;
      return Response.json(page, hasMore ? { headers: { link } } : {});
    });
  }

  async function follow() {
    client = createPasserelle({ origin, fetch: listed().fetch, store: memoryStore(SESSION) });
    const heard: string[] = [];
    const feed = new NotificationFeed(client.rest, client.live, ({ id }) => heard.push(id));
    client.live.open();
    await isLive();
    await feed.catchUp();
    return { heard, feed };
  }

  it('are told once each, whether by the socket, by the list, or by both', async () => {
    told = [notification(1)];
    const { heard, feed } = await follow();
    told.push(notification(2));
    io.emit('notification', notification(2));
    await vi.waitFor(() => expect(heard).toEqual(['n2']));
    await feed.catchUp();
    io.emit('notification', notification(2));
    told.push(notification(3));
    io.emit('notification', notification(3));
    await vi.waitFor(() => expect(heard).toEqual(['n2', 'n3']));
  });

  it('include those of a break, in order, over several pages', async () => {
    told = [notification(1)];
    const { heard } = await follow();
    io.disconnectSockets(true);
    told.push(...[2, 3, 4, 5, 6].map(notification));
    valid.add('access-1');
    // The server has said goodbye: without new tokens the same ones are tried again.
    client?.live.close();
    client?.live.open();
    await vi.waitFor(() => expect(heard).toEqual(['n2', 'n3', 'n4', 'n5', 'n6']), { timeout: 8_000 });
  });

  it('begin with the very first one ever', async () => {
    told = [];
    const { heard, feed } = await follow();
    told.push(notification(1), notification(2), notification(3));
    await feed.catchUp();
    expect(heard).toEqual(['n1', 'n2', 'n3']);
  });

  it('go on when the server has forgotten the one we had', async () => {
    told = [notification(1)];
    const { heard, feed } = await follow();
    told = [notification(2), notification(3)];
    await feed.catchUp();
    expect(heard).toEqual(['n2', 'n3']);
  });
});
