import { ApiProperty } from '@nestjs/swagger';
import { missingScopesOf } from '../../calendars/index.js';
import type { Locale } from '../../platform/errors/problem.js';
import { type SyncRun, SyncRunDto, toSyncRunDto } from '../../sync/index.js';
import type { ConnectedAccount, Connection } from '../connection.js';
import { ConnectionDto, toConnectionDto, toText } from './connection.dto.js';

export class ConnectionScopesDto {
  @ApiProperty({ type: [String], example: ['default'], description: 'What the consent page asks for' })
  required!: string[];

  @ApiProperty({
    type: [String],
    nullable: true,
    example: ['default'],
    description: 'What was granted, in the provider’s own words; null when it does not say',
  })
  granted!: string[] | null;

  @ApiProperty({ type: [String], example: [], description: 'Asked for and not granted' })
  missing!: string[];
}

/** How the access is doing. Tokens themselves are never shown. */
export class ConnectionAccessDto {
  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-01-16T17:30:00.000Z',
    description: 'End of the access token in use, which is renewed by itself',
  })
  expires_at!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-16T15:30:00.000Z' })
  refreshed_at!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-01-10T09:00:00.000Z',
    description: 'When its owner last agreed to it',
  })
  consented_at!: string | null;
}

export class ConnectionChannelDto {
  @ApiProperty({
    enum: ['opening', 'open', 'closing', 'none'],
    example: 'open',
    description: 'The provider’s promise to push to us: a webhook subscription or a push channel',
  })
  state!: 'opening' | 'open' | 'closing' | 'none';

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why the provider will not push' })
  refusal!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-10T09:00:00.000Z' })
  created_at!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  expires_at!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-16T15:00:00.000Z' })
  last_checked_at!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-16T15:12:00.000Z' })
  last_delivery_at!: string | null;
}

export class ConnectionDetailDto extends ConnectionDto {
  @ApiProperty({ type: ConnectionScopesDto })
  scopes!: ConnectionScopesDto;

  @ApiProperty({ type: ConnectionAccessDto })
  access!: ConnectionAccessDto;

  @ApiProperty({ type: ConnectionChannelDto })
  channel!: ConnectionChannelDto;

  @ApiProperty({ type: [SyncRunDto], description: 'The last ten readings, newest first' })
  last_runs!: SyncRunDto[];
}

export function toConnectionDetailDto(
  { connection, runs }: { connection: Connection; runs: readonly SyncRun[] },
  locale: Locale,
  now: Date,
): ConnectionDetailDto {
  const { account, provider } = connection;
  return {
    ...toConnectionDto(connection, locale, now),
    scopes: {
      required: [...provider.oauth.scopes],
      granted: account?.integration.scope?.split(/\s+/).filter(Boolean) ?? null,
      missing: account ? missingScopesOf(account.integration) : [],
    },
    access: {
      expires_at: toText(account?.integration.expires_at),
      refreshed_at: toText(account?.health?.refreshed_at),
      consented_at: toText(account?.health?.consented_at),
    },
    channel: channelOf(account),
    last_runs: runs.map(toSyncRunDto),
  };
}

function channelOf(account: ConnectedAccount | null): ConnectionChannelDto {
  const channel = account?.channel;
  const refusal = account?.integration.options['channel_refusal'];
  return {
    state: channel?.state ?? 'none',
    refusal: typeof refusal === 'string' ? refusal : null,
    created_at: toText(channel?.created_at),
    expires_at: toText(channel?.expires_at),
    last_checked_at: toText(channel?.last_checked_at),
    last_delivery_at: toText(channel?.last_delivery_at),
  };
}
