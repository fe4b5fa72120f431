import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../../../platform/http/page-query.dto.js';
import { MAIL_STATES, type MailState } from '../mail.row.js';

export class ListMailsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'bounced', enum: MAIL_STATES })
  @IsOptional()
  @IsIn(MAIL_STATES)
  state?: MailState;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only what was written about this booking' })
  @IsOptional()
  @IsUUID('all')
  booking_id?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Only what was written about this notification' })
  @IsOptional()
  @IsUUID('all')
  notification_id?: string;
}
