import type { SocketMessageName, SocketMessages } from '@passerelle/client';

type Listener = (payload: unknown) => void;

/** The other end of the socket, in the hands of a test. */
class FakeSocket {
  private listeners = new Map<string, Set<Listener>>();

  on(name: string, listener: Listener): this {
    const known = this.listeners.get(name) ?? new Set();
    known.add(listener);
    this.listeners.set(name, known);
    return this;
  }

  connect(): this {
    this.emitHere('connect', undefined);
    return this;
  }

  disconnect(): this {
    return this;
  }

  /** The server says something. */
  say<Name extends SocketMessageName>(name: Name, payload: SocketMessages[Name]): void {
    this.emitHere(name, payload);
  }

  emitHere(name: string, payload: unknown): void {
    for (const listener of this.listeners.get(name) ?? []) listener(payload);
  }

  reset(): void {
    this.listeners = new Map();
  }
}

export const socket = new FakeSocket();

export const io = () => {
  queueMicrotask(() => socket.connect());
  return socket;
};
