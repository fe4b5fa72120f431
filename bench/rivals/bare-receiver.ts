// The least that a receiver can be and still lose nothing: Node's own server, the signature, one INSERT, the answer.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import type { BareReceiverOrder } from './messages.js';

const LONGEST_AGE_SECONDS = 180;

const CREATE = `
  DROP TABLE IF EXISTS bare_deliveries;
  CREATE TABLE bare_deliveries (LIKE deliveries INCLUDING DEFAULTS);
  ALTER TABLE bare_deliveries ADD PRIMARY KEY (id), ADD UNIQUE (integration_id, dedupe_key)`;

const INSERT = {
  name: 'keep',
  text: `INSERT INTO bare_deliveries (id, organization_id, integration_id, provider, dedupe_key, body, body_sha256, state)
    VALUES (uuidv7(), '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002', 'calendly',
            $1, $2, $1, 'received') ON CONFLICT DO NOTHING`,
};

process.once('message', (order: BareReceiverOrder) => void serve(order));
process.once('disconnect', () => process.exit(0));

async function serve({ databaseUrl, key }: BareReceiverOrder): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: 20 });
  await pool.query(CREATE);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      const body = Buffer.concat(chunks);
      if (!isGenuine(request, body, key)) return void response.writeHead(401).end();
      pool.query({ ...INSERT, values: [createHash('sha256').update(body).digest(), body.toString('base64')] }).then(
        () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"received":true}'),
        () => response.writeHead(503).end(),
      );
      return undefined;
    });
  });
  server.listen(0, '127.0.0.1', () => {
    process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook` });
  });
}

function isGenuine(request: IncomingMessage, body: Buffer, key: string): boolean {
  const header = String(request.headers['calendly-webhook-signature'] ?? '');
  const [, time = '', seal = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (Math.abs(Date.now() / 1_000 - Number(time)) > LONGEST_AGE_SECONDS) return false;
  const expected = createHmac('sha256', key).update(`${time}.`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(seal.padEnd(64, '0'), 'hex'));
}
