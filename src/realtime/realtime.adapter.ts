import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { createAdapter } from '@socket.io/postgres-adapter';
import type { Pool } from 'pg';
import type { Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Server, ServerOptions } from 'socket.io';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { DATABASE_URL } from '../platform/database/database-url.js';
import { EventLog } from '../platform/logging/event-log.js';
import { AdapterConnections } from './adapter-connections.js';

/** Clients only ever send their token; nothing they have to say is long. */
const LARGEST_MESSAGE_BYTES = 16 * 1024;

const HANDSHAKE_TIMEOUT_MS = 10_000;

/** A browser that went to sleep will not answer the goodbye, and must not hold up the end of the process. */
const GOODBYE_MS = 1_000;

/** How long a message too long for NOTIFY is kept for the instances to fetch. */
const ATTACHMENTS_KEPT_MS = 5 * 60_000;

/** The Socket.IO server of this instance, on the application's own HTTP server, joined to the others by PostgreSQL. */
export class RealtimeAdapter extends IoAdapter {
  private readonly connections: AdapterConnections;
  private readonly log: EventLog;
  private readonly origins: ReadonlySet<string>;
  private readonly webSockets = new Set<Duplex>();
  private isClosing = false;

  constructor(app: INestApplication) {
    super(app);
    const { corsOrigins, publicUrl } = app.get(PlatformConfig);
    this.log = app.get(EventLog);
    this.origins = new Set([...corsOrigins, new URL(publicUrl).origin]);
    this.connections = new AdapterConnections(app.get<string>(DATABASE_URL), this.log);
    (app.getHttpServer() as HttpServer).on('upgrade', (_request, socket) => {
      this.webSockets.add(socket);
      socket.once('close', () => this.webSockets.delete(socket));
    });
  }

  override createIOServer(port: number, options?: Partial<ServerOptions>): Server {
    return super.createIOServer(port, {
      ...options,
      serveClient: false,
      maxHttpBufferSize: LARGEST_MESSAGE_BYTES,
      connectTimeout: HANDSHAKE_TIMEOUT_MS,
      cors: { origin: [...this.origins], credentials: true },
      allowRequest: ({ headers: { origin } }, decide) => decide(null, this.admits(origin)),
      adapter: createAdapter(this.connections as unknown as Pool, {
        cleanupInterval: ATTACHMENTS_KEPT_MS,
        errorHandler: (error) => this.log.failure('realtime.adapter_failed', error),
      }),
    } as ServerOptions);
  }

  /**
   * Ends the sockets in the way that makes clients look for another instance. The HTTP server stays open: it belongs to
   * Fastify, which lets the requests under way finish before it closes it.
   */
  override async close(server: Server): Promise<void> {
    this.isClosing = true;
    server.engine.close();
    setTimeout(() => this.webSockets.forEach((socket) => socket.destroy()), GOODBYE_MS).unref();
    await server.of('/').adapter.close();
  }

  override async dispose(): Promise<void> {
    await this.connections.close();
  }

  /**
   * CORS binds a browser's polling only; a WebSocket may be opened by any page, so its origin is checked here. Programs
   * send none.
   */
  private admits(origin: string | undefined): boolean {
    return !this.isClosing && (origin === undefined || this.origins.has(origin));
  }
}
