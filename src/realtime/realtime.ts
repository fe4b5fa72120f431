import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { EventLog } from '../platform/logging/event-log.js';
import { ADAPTER_CHANNEL, ATTACHMENT_HEADER, toWireMessage } from './adapter-wire.js';
import type { OrganizationMessage } from './socket-messages.js';
import { socketRooms } from './socket-rooms.js';

/** What other rooms of the house say to browsers. */
@Injectable()
export class Realtime {
  constructor(private readonly log: EventLog) {}

  /**
   * Says something to the organization of the transaction, with its commit: PostgreSQL delivers a NOTIFY to every
   * listening instance when the transaction commits, and never when it rolls back.
   */
  async publish(tx: Transaction, messages: OrganizationMessage | readonly OrganizationMessage[]): Promise<void> {
    const addressed = [messages]
      .flat()
      .map(({ name, payload, userId }) => ({ name, payload, room: roomFor(tx, userId) }));
    const wire = addressed.map(({ room, name, payload }) => toWireMessage(room, name, payload));
    await sendInline(
      tx,
      wire.flatMap((message) => ('inline' in message ? [message.inline] : [])),
    );
    await sendAttached(
      tx,
      wire.flatMap((message) => ('attachment' in message ? [message.attachment] : [])),
    );
    this.logEmitted(addressed);
  }

  /** One line for each name and room, however many messages: a first import would drown the log otherwise. */
  private logEmitted(messages: readonly { name: string; room: string }[]): void {
    const counts = new Map<string, { name: string; room: string; count: number }>();
    for (const { name, room } of messages) {
      const line = counts.get(`${room} ${name}`) ?? { name, room, count: 0 };
      line.count += 1;
      counts.set(`${room} ${name}`, line);
    }
    for (const line of counts.values()) this.log.event('socket.emitted', line);
  }
}

function roomFor({ organizationId }: Transaction, userId: string | null | undefined): string {
  if (organizationId === null) {
    throw new Error('A message needs the organization it is for: publish it in a unit of work of that organization');
  }
  return userId ? socketRooms.user(userId) : socketRooms.organization(organizationId);
}

async function sendInline(tx: Transaction, messages: string[]): Promise<void> {
  if (messages.length === 0) return;
  await tx.query(`SELECT pg_notify($1, message) FROM unnest($2::text[]) message`, [ADAPTER_CHANNEL, messages]);
}

async function sendAttached(tx: Transaction, payloads: Buffer[]): Promise<void> {
  if (payloads.length === 0) return;
  await tx.query(
    `WITH attachment AS (
       INSERT INTO socket_io_attachments (created_at, payload)
       SELECT clock_timestamp(), payload FROM unnest($2::bytea[]) payload
       RETURNING id
     )
     SELECT pg_notify($1, ($3::jsonb || jsonb_build_object('attachmentId', id))::text) FROM attachment`,
    [ADAPTER_CHANNEL, payloads, ATTACHMENT_HEADER],
  );
}
