import { encode } from '@msgpack/msgpack';

// How instances of @socket.io/postgres-adapter 0.5 speak to each other. Written here because
// @socket.io/postgres-emitter 0.1.1, made for older adapters, leaves out `nsp`, and the adapter then drops the message
// without a word; and because a driver error inside the emitter is answered by broadcasting it to the browsers.
// https://github.com/socketio/socket.io-postgres-adapter

export const ADAPTER_CHANNEL = 'socket.io#/';

/** The sender the adapter expects of processes that hold no sockets: it does not count them as instances. */
const EMITTER = 'emitter';

/** `MessageType.BROADCAST` of socket.io-adapter, and `PacketType.EVENT` of socket.io-parser. */
const BROADCAST = 3;
const EVENT = 2;

/** NOTIFY takes strictly less than 8,000 bytes. https://www.postgresql.org/docs/current/sql-notify.html */
const NOTIFY_LIMIT_BYTES = 8_000;

/** A message as it is sent: in the notification itself, or beside it when it is too long. */
export type WireMessage = { inline: string } | { attachment: Buffer };

export function toWireMessage(room: string, name: string, payload: unknown): WireMessage {
  const json = JSON.stringify({
    uid: EMITTER,
    nsp: '/',
    type: BROADCAST,
    data: {
      packet: { type: EVENT, data: [name, payload], nsp: '/' },
      opts: { rooms: [room], except: [], flags: {} },
    },
  });
  if (Buffer.byteLength(json) < NOTIFY_LIMIT_BYTES) return { inline: json };
  // Through JSON, so that a long payload loses and keeps exactly what a short one does.
  return { attachment: Buffer.from(encode(JSON.parse(json))) };
}

/** What a notification says of an attachment, but for `attachmentId`, which PostgreSQL adds. */
export const ATTACHMENT_HEADER = JSON.stringify({ uid: EMITTER, type: BROADCAST });
