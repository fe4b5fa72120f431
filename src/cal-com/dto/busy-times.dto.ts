import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsTimeZone, Matches } from 'class-validator';
import type { BusyTime } from '../calendar-links.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export class BusyTimesQuery {
  @ApiProperty({ example: '2026-01-12', description: 'The first day' })
  @Matches(DAY, { message: 'must be a day as YYYY-MM-DD' })
  @IsISO8601({ strict: true })
  dateFrom!: string;

  @ApiProperty({ example: '2026-01-16', description: 'The last day' })
  @Matches(DAY, { message: 'must be a day as YYYY-MM-DD' })
  @IsISO8601({ strict: true })
  dateTo!: string;

  @ApiProperty({ example: 'Europe/Paris' })
  @IsTimeZone()
  timeZone!: string;
}

class BusyTimeDto {
  @ApiProperty({ example: '2026-01-16T15:30:00.000Z' })
  start!: string;

  @ApiProperty({ example: '2026-01-16T16:00:00.000Z' })
  end!: string;

  @ApiProperty({ type: String, nullable: true, example: 'nora@example.test', description: 'The calendar' })
  source!: string | null;
}

export class BusyTimesDto {
  @ApiProperty({ example: true })
  success!: true;

  @ApiProperty({ type: [BusyTimeDto] })
  data!: BusyTimeDto[];
}

export function toBusyTimesDto(times: readonly BusyTime[]): BusyTimesDto {
  return {
    success: true,
    data: times.map(({ startsAt, endsAt, source }) => ({
      start: startsAt.toISOString(),
      end: endsAt.toISOString(),
      source,
    })),
  };
}
