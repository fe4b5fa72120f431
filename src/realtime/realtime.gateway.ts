import { type OnGatewayConnection, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { DefaultEventsMap, ExtendedError, Server, Socket } from 'socket.io';
import { allSessionsOf, type Session, SessionAuthenticator, sessionInvalid } from '../accounts/index.js';
import { Clock } from '../platform/clock/clock.js';
import { isStorageFailure } from '../platform/database/storage-failure.js';
import { storageUnavailable, unexpectedFailure } from '../platform/errors/platform.problems.js';
import { Problem, type ProblemDefinition } from '../platform/errors/problem.js';
import { EventLog } from '../platform/logging/event-log.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { SessionEndings } from './session-endings.js';
import type { ServerToClientEvents } from './socket-messages.js';
import { roomsOf } from './socket-rooms.js';

interface SocketState {
  session: Session;
  expiry: NodeJS.Timeout;
}

type ClientSocket = Socket<DefaultEventsMap, ServerToClientEvents, DefaultEventsMap, SocketState>;
type SocketServer = Server<DefaultEventsMap, ServerToClientEvents, DefaultEventsMap, SocketState>;

const LONGEST_TOKEN = 8 * 1024;

/** Clients have nothing to say. A few stray events are a habit of older front ends; more than that is a nuisance. */
const EVENTS_OVERLOOKED = 100;

const CHECKED_AT_ONCE = 10;

/** Longest wait a Node timer can hold. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Lets people listen. The token of the handshake decides who somebody is, and that alone which rooms the server puts them
 * in. The socket ends with the token and with the session; a client comes back with a fresh token.
 */
@WebSocketGateway()
export class RealtimeGateway implements OnGatewayInit<SocketServer>, OnGatewayConnection<ClientSocket> {
  constructor(
    private readonly authenticator: SessionAuthenticator,
    private readonly endings: SessionEndings,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly log: EventLog,
  ) {}

  afterInit(server: SocketServer): void {
    server.use((socket, next) => void this.greet(socket, next));
    const socketsHere = () => [...server.of('/').sockets.values()];
    void this.endings.listen({
      announced: (subject) => this.review(subject, socketsHere()),
      resumed: () => void this.checkAgain(socketsHere()),
    });
  }

  handleConnection(socket: ClientSocket): void {
    const { session } = socket.data;
    this.metrics.sockets.inc();
    // Not Nest's own hook: it is bound after this method, which may already have ended the socket by then.
    socket.once('disconnect', () => this.forget(socket));
    if (this.endings.hasJustHeard(session.sessionId)) {
      socket.disconnect(true);
      return;
    }
    const rooms = roomsOf(session);
    void socket.join(rooms);
    this.endAtExpiry(socket);
    ignoreEvents(socket);
    this.log.event('socket.connected', { user_id: session.userId, rooms });
    if (this.endings.hasJustHeard(allSessionsOf(session.userId))) void this.checkOne(socket);
  }

  private async greet(socket: ClientSocket, next: (refusal?: ExtendedError) => void): Promise<void> {
    next(await this.admit(socket));
  }

  private forget(socket: ClientSocket): void {
    this.metrics.sockets.dec();
    clearTimeout(socket.data.expiry);
    this.log.detail('socket.disconnected', { user_id: socket.data.session.userId });
  }

  /** What to tell a client that is not let in; nothing when it is. */
  private async admit(socket: ClientSocket): Promise<ExtendedError | undefined> {
    try {
      const session = await this.authenticator.authenticate(tokenOf(socket));
      // A request may be a little late, a socket would be closed at once.
      if (session.expiresAt <= this.clock.now()) throw new Problem(sessionInvalid);
      socket.data.session = session;
      return undefined;
    } catch (error) {
      if (!(error instanceof Problem)) this.log.failure('socket.handshake_failed', error);
      const { code } = definitionOf(error);
      this.log.warning('socket.refused', { code });
      return Object.assign(new Error(code), { data: { code } });
    }
  }

  private endAtExpiry(socket: ClientSocket): void {
    const remainingMs = socket.data.session.expiresAt.getTime() - this.clock.now().getTime();
    if (remainingMs <= 0) {
      socket.disconnect(true);
      return;
    }
    socket.data.expiry = setTimeout(() => this.endAtExpiry(socket), Math.min(remainingMs, LONGEST_TIMER_MS));
  }

  /** A session that has ended ends its sockets; a person who was removed or has another role is asked again. */
  private review(subject: string, sockets: readonly ClientSocket[]): void {
    this.authenticator.forget(subject);
    for (const socket of sockets) {
      if (socket.data.session.sessionId === subject) socket.disconnect(true);
    }
    const ofPerson = sockets.filter(({ data }) => allSessionsOf(data.session.userId) === subject);
    if (ofPerson.length > 0) void this.checkAgain(ofPerson);
  }

  /** Whoever is not admitted any more has to go. */
  private async checkAgain(sockets: readonly ClientSocket[]): Promise<void> {
    // What was true a moment ago is what is in doubt.
    this.authenticator.forgetAll();
    // A few at a time: the database has just come back, and everybody wants something of it.
    for (let start = 0; start < sockets.length; start += CHECKED_AT_ONCE) {
      await Promise.all(sockets.slice(start, start + CHECKED_AT_ONCE).map((socket) => this.checkOne(socket)));
    }
  }

  private async checkOne(socket: ClientSocket): Promise<void> {
    const refusal = await this.admit(socket);
    // Closed below Socket.IO's own goodbye, so that a client whose session still stands comes back by itself.
    if (refusal) socket.conn.close();
  }
}

function definitionOf(error: unknown): ProblemDefinition {
  if (error instanceof Problem) return error.definition;
  return isStorageFailure(error) ? storageUnavailable : unexpectedFailure;
}

function tokenOf(socket: ClientSocket): string {
  const token: unknown = socket.handshake.auth['token'];
  return typeof token === 'string' && token.length <= LONGEST_TOKEN ? token : '';
}

function ignoreEvents(socket: ClientSocket): void {
  let heard = 0;
  socket.onAny(() => {
    heard += 1;
    if (heard > EVENTS_OVERLOOKED) socket.disconnect(true);
  });
}
