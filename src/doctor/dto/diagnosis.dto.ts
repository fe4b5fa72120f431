import { ApiProperty } from '@nestjs/swagger';
import type { Diagnosis } from '../doctor.service.js';
import { type Severity, SEVERITIES } from '../finding.js';

export class BilingualDto {
  @ApiProperty({ example: 'Le serveur de courriel refuse l’identification.', description: 'In French' })
  fr!: string;

  @ApiProperty({ example: 'The mail server refuses the login.', description: 'In English' })
  en!: string;
}

export class FindingDto {
  @ApiProperty({ example: 'mail/login-refused', description: 'A stable word for what is wrong' })
  code!: string;

  @ApiProperty({ enum: SEVERITIES, example: 'error', description: 'How bad it is' })
  severity!: Severity;

  @ApiProperty({ type: BilingualDto, description: 'What it comes from, in one sentence' })
  cause!: BilingualDto;

  @ApiProperty({ type: BilingualDto, description: 'What to do about it, in one sentence' })
  repair!: BilingualDto;
}

export class ProviderAddressDto {
  @ApiProperty({ example: 'calendly', description: 'The provider' })
  provider!: string;

  @ApiProperty({ example: 'Calendly', description: 'Its name for people' })
  name!: string;

  @ApiProperty({ example: true, description: 'Whether its variables are set' })
  configured!: boolean;

  @ApiProperty({ type: [String], example: [], description: 'Variables that are not set' })
  missing_variables!: string[];

  @ApiProperty({
    example: 'https://crm.example/auth/calendly/callback',
    description: 'To be registered there as the redirect address, to the letter',
  })
  redirect_uri!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'https://crm.example/api/calendly/webhook',
    description: 'Where its webhooks come in, followed by a token for each connection',
  })
  webhook_url!: string | null;

  @ApiProperty({
    type: Boolean,
    nullable: true,
    example: true,
    description: 'Whether it answers this server; null when it was not asked, because it is not configured',
  })
  reachable!: boolean | null;
}

export class QueueDto {
  @ApiProperty({ example: 1, description: 'Processes that work' })
  workers!: number;

  @ApiProperty({ example: 0, description: 'Jobs that could run now' })
  waiting!: number;

  @ApiProperty({ example: 0, description: 'How long the oldest of them has waited, in minutes' })
  oldest_minutes!: number;

  @ApiProperty({ example: 0, description: 'Work of the organization that was given up and waits for somebody' })
  parked!: number;
}

export class DiagnosisDto {
  @ApiProperty({ enum: ['healthy', ...SEVERITIES], example: 'healthy', description: 'The worst that was found' })
  status!: Diagnosis['status'];

  @ApiProperty({ type: [ProviderAddressDto], description: 'What must stand at each provider' })
  addresses!: ProviderAddressDto[];

  @ApiProperty({ type: [FindingDto], description: 'What is wrong, the worst first; empty when all is well' })
  findings!: FindingDto[];

  @ApiProperty({ type: QueueDto, nullable: true, description: 'The work in the background; null without a database' })
  queue!: QueueDto | null;
}

export function toDiagnosisDto({ status, addresses, findings, queue }: Diagnosis): DiagnosisDto {
  return {
    status,
    addresses: addresses.map(
      ({ provider, name, isConfigured, missingVariables, redirectUri, webhookUrl, isReachable }) => ({
        provider,
        name,
        configured: isConfigured,
        missing_variables: [...missingVariables],
        redirect_uri: redirectUri,
        webhook_url: webhookUrl,
        reachable: isReachable,
      }),
    ),
    findings: findings.map(({ code, severity, cause, repair }) => ({ code, severity, cause, repair })),
    queue: queue && {
      workers: queue.workers,
      waiting: queue.waiting,
      oldest_minutes: queue.oldestMinutes,
      parked: queue.parked,
    },
  };
}
