import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, ValidateIf } from 'class-validator';
import type { Locale } from '../../../platform/errors/problem.js';
import { IsOneMailbox } from './is-one-mailbox.js';

/** Absent fields stay as they are; null is a mistake, except where it means something. */
const IfPresent = () => ValidateIf((_, value) => value !== undefined);

export class UpdateMailSettingsDto {
  @ApiPropertyOptional({ example: true })
  @IfPresent()
  @IsBoolean()
  enabled?: boolean;

  @ApiPropertyOptional({ example: ['contact@atelier.example'], type: [String], maxItems: 20 })
  @IfPresent()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique((mailbox: unknown) => (typeof mailbox === 'string' ? mailbox.trim().toLowerCase() : mailbox))
  @IsOneMailbox({ each: true })
  recipients?: string[];

  @ApiPropertyOptional({ type: String, nullable: true, example: 'fr', enum: ['fr', 'en', null] })
  @IfPresent()
  @IsIn(['fr', 'en', null])
  locale?: Locale | null;

  @ApiPropertyOptional({ example: 'daily', enum: ['off', 'daily'] })
  @IfPresent()
  @IsIn(['off', 'daily'])
  digest?: 'off' | 'daily';
}
