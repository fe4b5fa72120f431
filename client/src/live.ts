import type { ManagerOptions, Socket, SocketOptions } from 'socket.io-client';
import { Problem } from './problem.js';
import type { ClientSession } from './session.js';
import type { ServerToClientEvents, SocketMessageName, SocketMessages } from './socket-messages.js';

/** `off`: not listening; `reconnecting`: should be and tries; `live`: is. */
export type LiveState = 'off' | 'reconnecting' | 'live';

export interface LiveStatus {
  readonly state: LiveState;
  /** When the server was last heard: a message, or the connection itself. */
  readonly heardAt: Date | null;
}

type MessageListener = <Name extends SocketMessageName>(name: Name, payload: SocketMessages[Name]) => void;

const NAMES: Record<SocketMessageName, true> = {
  'prospect:created': true,
  'prospect:updated': true,
  'prospect:deleted': true,
  notification: true,
  'sync:progress': true,
  'delivery:changed': true,
  'replay:progress': true,
  'integration:status': true,
};

const TRY_AGAIN_MS = 3_000;

/**
 * The socket of a session. It comes back by itself after a break, with a fresh token when the old one has ended. What was
 * said meanwhile is in the lists, not in the socket: `onConnect` is called at every connection, for reading again.
 */
export class Live {
  private isWanted = false;
  private socket: Socket<ServerToClientEvents, Record<string, never>> | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private status: LiveStatus = { state: 'off', heardAt: null };
  private readonly messageListeners = new Set<MessageListener>();
  private readonly statusListeners = new Set<(status: LiveStatus) => void>();
  private readonly connectListeners = new Set<() => void>();

  constructor(
    private readonly origin: string,
    private readonly session: ClientSession,
    private readonly options: Partial<ManagerOptions & SocketOptions> = {},
  ) {}

  get current(): LiveStatus {
    return this.status;
  }

  /** Listens until `close`. Does nothing when it already does. */
  open(): void {
    if (this.isWanted) return;
    this.isWanted = true;
    this.become('reconnecting');
    void this.begin();
  }

  /** The library is fetched when it is first needed: a page that only asks somebody to sign in does without. */
  private async begin(): Promise<void> {
    const library = await import('socket.io-client').catch(() => null);
    if (!this.isWanted || this.socket !== null) return;
    if (library === null) {
      clearTimeout(this.retry);
      this.retry = setTimeout(() => void this.begin(), TRY_AGAIN_MS);
      return;
    }
    this.listen(library.io);
  }

  private listen(io: typeof import('socket.io-client').io): void {
    const socket: NonNullable<Live['socket']> = io(this.origin, {
      transports: ['websocket', 'polling'],
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      ...this.options,
      auth: (give) => give({ token: this.session.current?.accessToken ?? '' }),
      forceNew: true,
    });
    this.socket = socket;
    socket.on('connect', () => {
      this.become('live', new Date());
      for (const listener of this.connectListeners) listener();
    });
    socket.on('disconnect', (reason) => {
      if (socket !== this.socket) return;
      this.become('reconnecting');
      // The server has said goodbye: the token has ended, or the session. The socket will not try again by itself.
      if (reason === 'io server disconnect') void this.comeBack(socket);
    });
    socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
      if (socket !== this.socket) return;
      this.become('reconnecting');
      // Answered and refused: the socket will not try again by itself either, and we not at once.
      if (error.data?.code) this.comeBackLater(socket);
    });
    for (const name of Object.keys(NAMES) as SocketMessageName[]) {
      const hear = (payload: SocketMessages[typeof name]) => {
        this.become(this.status.state, new Date());
        for (const listener of this.messageListeners) listener(name, payload);
      };
      socket.on(name, hear);
    }
  }

  close(): void {
    clearTimeout(this.retry);
    this.isWanted = false;
    const { socket } = this;
    this.socket = null;
    socket?.disconnect();
    this.become('off');
  }

  onMessage(listener: MessageListener): () => void {
    return subscribe(this.messageListeners, listener);
  }

  on<Name extends SocketMessageName>(name: Name, listener: (payload: SocketMessages[Name]) => void): () => void {
    return this.onMessage((heard, payload) => {
      if (isNamed(name, heard, payload)) listener(payload);
    });
  }

  onStatus(listener: (status: LiveStatus) => void): () => void {
    return subscribe(this.statusListeners, listener);
  }

  onConnect(listener: () => void): () => void {
    return subscribe(this.connectListeners, listener);
  }

  private become(state: LiveState, heardAt: Date | null = this.status.heardAt): void {
    this.status = { state, heardAt };
    for (const listener of this.statusListeners) listener(this.status);
  }

  private async comeBack(socket: NonNullable<Live['socket']>): Promise<void> {
    try {
      await this.session.renew();
      if (socket === this.socket) socket.connect();
    } catch (error) {
      if (socket !== this.socket) return;
      // A session that is over has been told so to whoever listens for that.
      if (error instanceof Problem && error.status === 401) this.close();
      else this.comeBackLater(socket);
    }
  }

  private comeBackLater(socket: NonNullable<Live['socket']>): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      if (socket === this.socket) void this.comeBack(socket);
    }, TRY_AGAIN_MS);
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Which of the messages it is; the compiler cannot follow a name and its payload side by side. */
function isNamed<Name extends SocketMessageName>(
  name: Name,
  heard: SocketMessageName,
  _payload: SocketMessages[SocketMessageName],
): _payload is SocketMessages[Name] {
  return heard === name;
}
