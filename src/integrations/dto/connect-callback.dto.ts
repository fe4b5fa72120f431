import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';

/** What a front end passes on from a provider's redirect. */
export class ConnectCallbackDto {
  @ApiPropertyOptional({ example: 'c2f1d0…', description: 'The authorization code; absent when access was denied' })
  @IsOptional()
  @IsCleanText({ max: 2_048 })
  code?: string;

  @ApiPropertyOptional({ example: 'qJ3v…', description: 'The state that auth-url answered' })
  @IsOptional()
  @IsCleanText({ max: 128 })
  state?: string;

  @ApiPropertyOptional({
    example: '0198b7a2-6c1e-7d7a-9f10-2b8f6f0c1a11',
    description: 'Compared with the session’s organization, never used in its place',
  })
  @IsOptional()
  @IsCleanText({ max: 128 })
  organizationId?: string;

  @ApiPropertyOptional({
    example: 'https://app.example.com/auth/calendly/callback',
    description: 'Compared with the configured redirect address, never used in its place',
  })
  @IsOptional()
  @IsCleanText({ max: 2_048 })
  redirectUri?: string;

  @ApiPropertyOptional({ example: 'access_denied', description: 'The provider’s word when there is no code' })
  @IsOptional()
  @IsCleanText({ max: 200 })
  error?: string;

  @ApiPropertyOptional({ example: 'The user denied access', description: 'Accepted and not used' })
  @IsOptional()
  @IsCleanText({ max: 2_048 })
  error_description?: string;

  @ApiPropertyOptional({
    example: 'https://accounts.google.com',
    description: 'Who answered, where the provider says so',
  })
  @IsOptional()
  @IsCleanText({ max: 2_048 })
  iss?: string;

  @ApiPropertyOptional({
    example: 'openid email',
    description: 'Accepted and not used: the token answer says what was granted',
  })
  @IsOptional()
  @IsCleanText({ max: 8_192 })
  scope?: string;
}
