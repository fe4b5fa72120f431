import { type Socket, io } from 'socket.io-client';
import type { ServerToClientEvents, SocketMessages } from '../../src/realtime/index.js';

export interface HeardMessage {
  name: string;
  payload: Record<string, unknown>;
}

/** Somebody's open page: connected, and keeping everything it is told in the order in which it came. */
export interface Browser {
  readonly socket: Socket<ServerToClientEvents>;
  readonly heard: readonly HeardMessage[];
  /** The payloads of one message, in order. */
  heardOf<Name extends keyof SocketMessages>(name: Name): SocketMessages[Name][];
  close(): void;
}

/** Resolves when the socket is connected; rejects with the handshake's error. */
export async function openBrowser(url: string, token: string): Promise<Browser> {
  const socket: Socket<ServerToClientEvents> = io(url, {
    auth: { token },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  const heard: HeardMessage[] = [];
  socket.onAny((name: string, payload: Record<string, unknown>) => heard.push({ name, payload }));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
  });
  return {
    socket,
    heard,
    heardOf: (name) => heard.filter((message) => message.name === name).map(({ payload }) => payload as never),
    close: () => void socket.disconnect(),
  };
}
