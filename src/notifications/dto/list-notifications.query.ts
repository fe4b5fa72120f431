import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../../platform/http/page-query.dto.js';
import { NOTIFICATION_KINDS, type NotificationKind } from '../notification-kind.js';

export class ListNotificationsQuery extends PageQuery {
  @ApiPropertyOptional({
    example: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d2',
    format: 'uuid',
    description:
      'The newest notification the client has: answers what was told after it, oldest first, skipping nothing',
  })
  @IsOptional()
  @IsUUID('all')
  after?: string;

  @ApiPropertyOptional({
    example: true,
    type: Boolean,
    default: false,
    description: 'Only what the caller has not read',
  })
  @IsOptional()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : (value as unknown)))
  @IsBoolean()
  unread?: boolean;

  @ApiPropertyOptional({ example: 'booking_created', enum: NOTIFICATION_KINDS, description: 'Only what is about this' })
  @IsOptional()
  @IsIn(NOTIFICATION_KINDS)
  kind?: NotificationKind;
}
