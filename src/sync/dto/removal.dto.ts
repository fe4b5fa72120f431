import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { ListedRemoval } from '../../calendars/index.js';

export class RemovalsQuery {
  @ApiPropertyOptional({ example: 100, minimum: 1, maximum: 1000, default: 200 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit: number = 200;
}

export class RemovalDto {
  @ApiProperty({
    enum: ['event', 'session'],
    example: 'event',
    description: 'An imported event, or a formation’s date',
  })
  kind!: 'event' | 'session';

  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Réunion', description: 'For the owner of the calendar alone' })
  title!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-03-10T08:00:00.000Z' })
  starts_at!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  start_date!: string | null;
}

export function toRemovalDto({ kind, id, title, starts_at, start_date }: ListedRemoval): RemovalDto {
  const instant = starts_at?.toISOString() ?? null;
  return { kind: kind === 'copy' ? 'session' : 'event', id, title, starts_at: instant, start_date };
}
