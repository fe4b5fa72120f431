import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, IsUrl, Max, MaxLength, Min, ValidateIf } from 'class-validator';

export const IMPORT_DAYS = [0, 30, 90, 365] as const;

export class CalendlySettingsDto {
  @ApiPropertyOptional({ example: true, description: 'Takes bookings in, or pauses' })
  @ValidateIf((_, value) => value !== undefined)
  @IsBoolean()
  enabled?: boolean;

  @ApiPropertyOptional({ example: true, description: 'Reads the account at regular intervals' })
  @ValidateIf((_, value) => value !== undefined)
  @IsBoolean()
  auto_sync_enabled?: boolean;

  @ApiPropertyOptional({ example: 30, minimum: 5, maximum: 1440 })
  @ValidateIf((_, value) => value !== undefined)
  @IsInt()
  @Min(5)
  @Max(1_440)
  sync_interval_minutes?: number;

  @ApiPropertyOptional({ example: 'https://calendly.com/nora-petit', nullable: true, type: String })
  @IsOptional()
  @IsUrl({ protocols: ['https'], require_protocol: true })
  @MaxLength(500)
  calendly_link?: string | null;

  @ApiPropertyOptional({ enum: IMPORT_DAYS, example: 90, description: 'Days of the past that an import takes over' })
  @ValidateIf((_, value) => value !== undefined)
  @IsIn(IMPORT_DAYS)
  import_days?: (typeof IMPORT_DAYS)[number];
}
