import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { demand, type Person, startApp, type TestApp } from '../support/app.js';
import { REPOSITORY } from '../support/source-file.js';

const DOCUMENT = readFileSync(join(REPOSITORY, 'docs/operations/webhooks.md'), 'utf8');

let app: TestApp;
let owner: Person;
let receiver: Receiver | null = null;

beforeAll(async () => {
  app = await startApp({ environment: { OUTGOING_WEBHOOKS_ALLOW_PRIVATE: 'true' } });
  owner = await app.registerConnected();
});

afterEach(async () => {
  await receiver?.stop();
  receiver = null;
});

afterAll(async () => {
  await app.close();
});

describe('the receiver that the documentation shows', () => {
  it('takes what is sent to it, by id, type and data', async () => {
    const port = await findFreePort();
    const { id, secret } = await createWebhook(port, ['prospect.created', 'booking.created']);
    receiver = new Receiver(port, secret);
    await receiver.isListening(port);
    const invitee = { name: 'Ada Love', email: 'ada@example.test' };
    app.sandbox.control.book({ invitees: [invitee] });
    await app.eventually(() =>
      expect(receiver?.said).toMatch(/msg_\S+ prospect\.created [\s\S]*msg_\S+ booking\.created /),
    );
    expect(receiver.said).toContain(invitee.email);
    await app.eventually(async () =>
      expect(await deliveries(id)).toMatchObject([
        { event_type: 'booking.created', state: 'sent', last_status: 204 },
        { event_type: 'prospect.created', state: 'sent', last_status: 204 },
      ]),
    );
  });

  it('refuses what was signed by somebody else', async () => {
    const port = await findFreePort();
    const { id } = await createWebhook(port, ['prospect.created']);
    receiver = new Receiver(port, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    await receiver.isListening(port);
    demand(202, await app.http('POST', `/api/webhooks/${id}/test`, { token: owner.token }));
    await app.eventually(async () =>
      expect(await deliveries(id)).toMatchObject([{ event_type: 'webhook.test', state: 'failed', last_status: 400 }]),
    );
    expect(receiver.said).toBe('');
  });

  it('is told the fields of a booking that the documentation names', async () => {
    const [, example = '{}'] = /Of a booking:\s+```json\n([\s\S]*?)```/.exec(DOCUMENT) ?? [];
    const port = await findFreePort();
    const { id } = await createWebhook(port, ['booking.created']);
    app.sandbox.control.book({ invitees: [{ name: 'Bob Field', email: 'bob@example.test' }] });
    const [told] = await app.eventually(async () => {
      const found = await deliveries(id);
      expect(found).toHaveLength(1);
      return found;
    });
    const { payload } = demand(
      200,
      await app.http('GET', `/api/webhooks/${id}/deliveries/${told.id}`, { token: owner.token }),
    ).body;
    const shown = JSON.parse(example);
    expect(Object.keys(shown)).toEqual(Object.keys(payload));
    expect(Object.keys(shown.data)).toEqual(Object.keys(payload.data));
  });
});

/** The example as a process of its own, as whoever copies it would start it. */
class Receiver {
  said = '';
  private readonly child: ChildProcess;

  constructor(port: number, secret: string) {
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(DOCUMENT) ?? [];
    this.child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: REPOSITORY,
      env: { ...process.env, PORT: String(port), WEBHOOK_SECRET: secret },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (this.said += chunk));
  }

  /** Whoever asks without a signature is refused, and that is answer enough. */
  async isListening(port: number): Promise<void> {
    await app.eventually(async () => expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(400));
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill();
    await ended;
  }
}

async function createWebhook(port: number, events: string[]) {
  const body = { url: `http://127.0.0.1:${port}/hooks`, events };
  return demand(201, await app.http('POST', '/api/webhooks', { token: owner.token, body })).body;
}

async function deliveries(id: string) {
  return demand(200, await app.http('GET', `/api/webhooks/${id}/deliveries`, { token: owner.token })).body;
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
