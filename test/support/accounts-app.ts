import { randomBytes } from 'node:crypto';
import { Controller, type DynamicModule, Get, Global, Module, Post, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import {
  AccountsModule,
  CurrentSession,
  ForbidsWithoutSession,
  Public,
  RequiresRole,
  type Session,
  accountsConfig,
} from '../../src/accounts/index.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { ConfigModule } from '../../src/platform/config/config.module.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { PlatformConfig, platformConfig } from '../../src/platform/config/platform.config.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import { ProblemFilter } from '../../src/platform/errors/problem.filter.js';
import { KnownRoutes } from '../../src/platform/http/known-routes.js';
import { httpAdapter, prepareRequests } from '../../src/platform/http/http-server.js';
import { validationPipe } from '../../src/platform/http/validation.js';
import { EventLog } from '../../src/platform/logging/event-log.js';
import { MovableClock } from './movable-clock.js';

export const JWT_SECRET = randomBytes(32).toString('hex');

/** Routes of each kind of guard, as other rooms have them. */
@Controller('probe')
class ProbeController {
  @Public()
  @Get('public')
  open(): { open: true } {
    return { open: true };
  }

  @Get('session')
  session(@CurrentSession() session: Session): Session {
    return session;
  }

  @RequiresRole('admin')
  @Get('admin')
  admin(): { admin: true } {
    return { admin: true };
  }

  @ForbidsWithoutSession()
  @Post('callback')
  callback(): { success: true } {
    return { success: true };
  }
}

export interface AccountsApp {
  app: NestFastifyApplication;
  clock: MovableClock;
  /** What was logged, line by line. */
  logged: string[];
  /** Sends JSON from an address of the caller's choice. */
  send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, options?: SendOptions): Promise<Answer>;
  get<T>(token: Type<T>): T;
  close(): Promise<void>;
}

export interface SendOptions {
  body?: unknown;
  bearer?: string;
  headers?: Record<string, string>;
  address?: string;
}

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it expects to be there
  body: any;
}

@Global()
@Module({})
class SurroundingsModule {
  static of(clock: Clock, log: EventLog): DynamicModule {
    const providers = [
      { provide: Clock, useValue: clock },
      { provide: EventLog, useValue: log },
    ];
    return { module: SurroundingsModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}

/** The accounts on a real database, behind the real guard, pipe and filter; nothing else of the product. */
export async function startAccountsApp(
  databaseUrl: string,
  environment: Record<string, string> = {},
  replacements: { provide: Type; useClass: Type }[] = [],
): Promise<AccountsApp> {
  const config = loadConfig([platformConfig, accountsConfig], {
    NODE_ENV: 'test',
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    JWT_SECRET,
    ...environment,
  });
  const platform = config.get(PlatformConfig) as PlatformConfig;
  const clock = new MovableClock();
  const logged: string[] = [];
  const log = new EventLog({ logFormat: 'json', logLevel: 'debug' }, (line) => logged.push(line));
  const builder = Test.createTestingModule({
    imports: [
      ConfigModule.of(config),
      SurroundingsModule.of(clock, log),
      DatabaseModule.connecting(databaseUrl),
      AccountsModule,
    ],
    controllers: [ProbeController],
  });
  for (const { provide, useClass } of replacements) builder.overrideProvider(provide).useClass(useClass);

  const module = await builder.setLogger(log).compile();
  const app = module.createNestApplication<NestFastifyApplication>(httpAdapter(platform), { bodyParser: false });
  prepareRequests(app);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter(log, new KnownRoutes()));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();

  return {
    app,
    clock,
    logged,
    get: (token) => app.get(token),
    close: () => app.close(),
    send: async (method, url, { body, bearer, headers = {}, address = '127.0.0.1' } = {}) => {
      const response = await app.inject({
        method,
        url,
        remoteAddress: address,
        headers: {
          ...headers,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        },
        ...(body !== undefined && { payload: JSON.stringify(body) }),
      });
      const text = response.payload;
      return {
        status: response.statusCode,
        headers: response.headers,
        body: text === '' ? undefined : JSON.parse(text),
      };
    },
  };
}

let registered = 0;

/** A new organization with its owner, as the route answers it. */
export async function register(accounts: AccountsApp, account: Record<string, string> = {}): Promise<Answer['body']> {
  registered += 1;
  const { status, body } = await accounts.send('POST', '/api/auth/register', {
    body: {
      organization_name: `Atelier ${registered}`,
      name: 'Camille Martin',
      email: `camille-${registered}@atelier.example`,
      password: 'quatre mots pris au hasard',
      ...account,
    },
  });
  if (status !== 201) throw new Error(`Registration answered ${status} ${JSON.stringify(body)}`);
  return body;
}
