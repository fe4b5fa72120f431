import { ApiProperty } from '@nestjs/swagger';
import { NOTIFICATION_KINDS, type NotificationKind } from '../notification-kind.js';
import { NotificationDto } from './notification.dto.js';

export class NotificationGroupDto {
  @ApiProperty({ example: 'booking_created', enum: NOTIFICATION_KINDS, description: 'What the group is about' })
  kind!: NotificationKind;

  @ApiProperty({ example: '2026-01-16', format: 'date', description: 'The day, in the organization’s time zone' })
  day!: string;

  @ApiProperty({ example: 42, description: 'How many there are' })
  count!: number;

  @ApiProperty({ example: 3, description: 'How many of them the caller has not read' })
  unread!: number;

  @ApiProperty({ type: NotificationDto, description: 'The one that was told last' })
  latest!: NotificationDto;
}
