import { ApiProperty } from '@nestjs/swagger';
import type { BookingMoment } from '../booking-history.js';
import type { BookingDetail } from '../bookings.service.js';
import { BookingCancellationDto, BookingDto, toBookingDto } from './booking.dto.js';

const KINDS = ['booked', 'moved', 'canceled', 'no_show'] as const;

export class BookingMomentDto {
  @ApiProperty({ enum: KINDS, example: 'moved' })
  kind!: BookingMoment['kind'];

  @ApiProperty({
    type: String,
    nullable: true,
    example: '2026-01-12T09:00:00.000Z',
    description: 'When, by the provider’s clock; null where it does not say',
  })
  at!: string | null;

  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f', description: 'The booking it happened to' })
  booking_id!: string;

  @ApiProperty({ example: '2026-01-16T15:30:00.000Z', description: 'The hour it was about' })
  event_start_time!: string;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Of a move: the booking that came instead' })
  next_booking_id!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Of a move: its hour' })
  next_start_time!: string | null;

  @ApiProperty({ type: BookingCancellationDto, nullable: true })
  cancellation!: BookingCancellationDto | null;
}

export class BookingDetailDto extends BookingDto {
  @ApiProperty({
    type: [BookingMomentDto],
    description: 'Of this appointment and all it was moved from or to, oldest first',
  })
  history!: BookingMomentDto[];
}

export function toBookingDetailDto({ booking, history }: BookingDetail): BookingDetailDto {
  return {
    ...toBookingDto(booking),
    history: history.map(({ kind, at, booking: one, next, cancellation }) => ({
      kind,
      at: at?.toISOString() ?? null,
      booking_id: one.id,
      event_start_time: one.starts_at.toISOString(),
      next_booking_id: next?.id ?? null,
      next_start_time: next?.starts_at.toISOString() ?? null,
      cancellation: cancellation && { by: cancellation.by, reason: cancellation.reason },
    })),
  };
}
