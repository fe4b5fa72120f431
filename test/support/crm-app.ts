import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { type ManagerOptions, type Socket, type SocketOptions, io } from 'socket.io-client';
import { accountsConfig } from '../../src/accounts/index.js';
import { configureApp } from '../../src/app.configure.js';
import { mailConfig, NotificationsModule } from '../../src/notifications/index.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { ConfigModule } from '../../src/platform/config/config.module.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { PlatformConfig, platformConfig } from '../../src/platform/config/platform.config.js';
import { CryptoModule } from '../../src/platform/crypto/crypto.module.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import type { Transaction } from '../../src/platform/database/transaction.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { httpAdapter } from '../../src/platform/http/http-server.js';
import { jobsConfig, JobsModule } from '../../src/platform/jobs/index.js';
import { EventLog } from '../../src/platform/logging/event-log.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { ProspectsModule } from '../../src/prospects/index.js';
import type { ServerToClientEvents } from '../../src/realtime/index.js';

export const JWT_SECRET = randomBytes(32).toString('hex');
export const FRONTEND = 'https://crm.example';

/** Somebody with a session of an organization of their own. */
export interface Person {
  token: string;
  userId: string;
  organizationId: string;
}

/** A connected front end, and what it has heard so far. */
export interface Browser {
  socket: Socket<ServerToClientEvents>;
  heard: { name: string; payload: Record<string, unknown> }[];
}

export interface CrmAnswer {
  status: number;
  headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it expects to be there
  body: any;
}

/** One instance of the rooms from accounts to prospects, listening, on a real database. */
export interface CrmApp {
  url: string;
  logged: string[];
  get<T>(token: Type<T>): T;
  send(person: Person | null, method: string, path: string, body?: unknown): Promise<CrmAnswer>;
  /** A new organization with its owner. */
  register(): Promise<Person>;
  inOrganizationOf<T>(person: Person, work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Resolves when the socket is connected; rejects with the handshake's error. */
  browse(token: string, options?: Partial<ManagerOptions & SocketOptions>): Promise<Browser>;
  close(): Promise<void>;
}

@Global()
@Module({})
class SurroundingsModule {
  static of(log: EventLog): DynamicModule {
    const providers = [Clock, Metrics, { provide: EventLog, useValue: log }];
    return { module: SurroundingsModule, providers, exports: [Clock, Metrics, EventLog] };
  }
}

let registered = 0;

export async function startCrmApp(databaseUrl: string): Promise<CrmApp> {
  const config = loadConfig([platformConfig, accountsConfig, jobsConfig, mailConfig], {
    NODE_ENV: 'test',
    // Nobody works the queue: what is told is looked at, not what follows from it.
    ROLE: 'api',
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    JWT_SECRET,
    FRONTEND_URL: FRONTEND,
    DOCS_ENABLED: 'false',
  });
  const logged: string[] = [];
  const log = new EventLog({ logFormat: 'json', logLevel: 'debug' }, (line) => logged.push(line));
  const module = await Test.createTestingModule({
    imports: [
      ConfigModule.of(config),
      SurroundingsModule.of(log),
      DatabaseModule.connecting(databaseUrl),
      CryptoModule,
      JobsModule,
      NotificationsModule,
      ProspectsModule,
    ],
  })
    .setLogger(log)
    .compile();
  const app = module.createNestApplication<NestFastifyApplication>(
    httpAdapter(config.get(PlatformConfig) as PlatformConfig),
    { bodyParser: false },
  );
  configureApp(app);
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;

  const send: CrmApp['send'] = async (person, method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(person && { authorization: `Bearer ${person.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
  };

  return {
    url,
    logged,
    send,
    get: (token) => app.get(token, { strict: false }),
    register: async () => {
      registered += 1;
      const { status, body } = await send(null, 'POST', '/api/auth/register', {
        organization_name: `Atelier ${registered}`,
        name: 'Camille Martin',
        email: `camille-${registered}-${randomBytes(4).toString('hex')}@atelier.example`,
        password: 'quatre mots pris au hasard',
      });
      if (status !== 201) throw new Error(`Registration answered ${status} ${JSON.stringify(body)}`);
      return { token: body.access_token, userId: body.user.id, organizationId: body.user.organization_id };
    },
    inOrganizationOf: ({ organizationId }, work) => app.get(UnitOfWork).inOrganization({ organizationId }, work),
    browse: async (token, options = {}) => {
      const socket = io(url, {
        auth: { token },
        transports: ['websocket'],
        reconnection: false,
        forceNew: true,
        ...options,
      });
      const heard: Browser['heard'] = [];
      socket.onAny((name: string, payload: Record<string, unknown>) => heard.push({ name, payload }));
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', (error) => {
          socket.disconnect();
          reject(error);
        });
      });
      return { socket, heard };
    },
    close: () => app.close(),
  };
}
