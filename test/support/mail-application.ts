import { randomUUID } from 'node:crypto';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { accountsConfig } from '../../src/accounts/index.js';
import {
  mailConfig,
  type NotificationDraft,
  Notifications,
  NotificationsModule,
} from '../../src/notifications/index.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { ConfigModule } from '../../src/platform/config/config.module.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { platformConfig } from '../../src/platform/config/platform.config.js';
import { CryptoModule } from '../../src/platform/crypto/crypto.module.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { JobMetrics, JobsConfig, JobsModule } from '../../src/platform/jobs/index.js';
import { EventLog } from '../../src/platform/logging/event-log.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import type { TestDatabase } from './test-database.js';

// Of tests only.
const ENCRYPTION_KEY = '2b91c4e07a5fd8361e0c7b2a94d6f8531a7e09c5bd42f8160e3b7a9d5c2f8e41';

export interface MailApplicationOptions {
  url: string;
  role?: 'api' | 'worker' | 'all';
  /** SMTP_URL and its like. */
  environment?: Record<string, string>;
  clock?: Clock;
  write?: (line: string) => void;
}

/** Accounts, realtime and notifications on a real database and queue; no HTTP, no schedule, and a worker that is soon missed. */
export async function startMailApplication({
  url,
  role = 'all',
  environment = {},
  clock = new Clock(),
  write = () => undefined,
}: MailApplicationOptions): Promise<INestApplicationContext> {
  const config = loadConfig([platformConfig, accountsConfig, mailConfig], {
    NODE_ENV: 'test',
    ROLE: role,
    DATABASE_URL: url,
    ENCRYPTION_KEY,
    JWT_SECRET: ENCRYPTION_KEY,
    FRONTEND_URL: 'https://crm.example',
    ...environment,
  });
  const log = new EventLog({ logFormat: 'json', logLevel: 'debug' }, write);

  @Module({
    providers: [
      { provide: Clock, useValue: clock },
      Metrics,
      { provide: EventLog, useValue: log },
      { provide: JobMetrics, useValue: undefined },
    ],
    exports: [Clock, Metrics, EventLog, JobMetrics],
  })
  class Surroundings {}

  @Module({
    imports: [
      ConfigModule.of(new Map([...config, [JobsConfig, new JobsConfig(4, 200, 1_500, 3_000)] as const])),
      { module: Surroundings, global: true },
      DatabaseModule.connecting(url),
      CryptoModule,
      JobsModule,
      NotificationsModule,
    ],
  })
  class MailApplication {}

  return await NestFactory.createApplicationContext(MailApplication, { logger: false, abortOnError: false });
}

/** An organization with the given people, by their address: the first is its owner, the others are members. */
export async function addOrganization(
  database: TestDatabase,
  emails: readonly string[] = ['olga@atelier.example'],
): Promise<{ organizationId: string; userIds: string[] }> {
  const organizationId = randomUUID();
  await database.query(`INSERT INTO organizations (id, name, slug) VALUES ($1, 'Atelier', $2)`, [
    organizationId,
    organizationId,
  ]);
  const userIds: string[] = [];
  for (const [index, email] of emails.entries()) {
    const id = randomUUID();
    userIds.push(id);
    await database.query(
      `INSERT INTO users (id, organization_id, email, email_key, name, role) VALUES ($1, $2, $3, $3, 'Quelqu’un', $4)`,
      [id, organizationId, email, index === 0 ? 'owner' : 'member'],
    );
  }
  return { organizationId, userIds };
}

export function bookingDraft(overrides: Partial<NotificationDraft> = {}): NotificationDraft {
  const bookingId = randomUUID();
  return {
    type: 'calendly_prospect_created',
    title: 'Nouveau prospect Calendly',
    message: 'John Doe a réservé un rendez-vous "Découverte" le 16/01/2026 16:30:00',
    meta: { booking_id: bookingId },
    dedupeKey: `booking:${bookingId}:created`,
    mail: {
      template: 'booking',
      change: 'created',
      provider: 'Calendly',
      eventName: 'Découverte',
      meeting: 'video',
      place: null,
      joinUrl: 'https://meet.example/1',
      invitee: { name: 'John Doe', email: 'john.doe@example.com', phone: null, timeZone: 'Europe/Paris' },
      answers: [{ question: 'Projet', answer: 'Une bibliothèque' }],
      slot: { startsAt: '2026-01-16T15:30:00.000Z', endsAt: '2026-01-16T16:00:00.000Z' },
      formerSlot: null,
      bookingId,
      formerBookingId: null,
      cancellation: null,
      wasKnown: false,
    },
    ...overrides,
  };
}

export async function tell(
  application: INestApplicationContext,
  organizationId: string,
  ...drafts: NotificationDraft[]
): Promise<void> {
  await application
    .get(UnitOfWork)
    .inOrganization({ organizationId }, (tx) => application.get(Notifications).tell(tx, drafts));
}

/** What the queue keeps for later becomes due now. */
export async function hurryJobs(database: TestDatabase): Promise<void> {
  await database.query(
    'UPDATE graphile_worker._private_jobs SET run_at = now() WHERE locked_at IS NULL AND run_at > now()',
  );
}
