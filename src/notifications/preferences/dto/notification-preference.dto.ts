import { ApiProperty } from '@nestjs/swagger';
import { NOTIFICATION_KINDS, type NotificationKind } from '../../notification-kind.js';

export class NotificationPreferenceDto {
  @ApiProperty({ example: 'booking_created', enum: NOTIFICATION_KINDS, description: 'What is told' })
  kind!: NotificationKind;

  @ApiProperty({ example: true, description: 'Whether the caller is told in the application' })
  in_app!: boolean;

  @ApiProperty({ example: false, description: 'Whether the caller is told by e-mail' })
  email!: boolean;

  @ApiProperty({
    example: false,
    description:
      'Whether the caller has chosen this. Otherwise the defaults hold: all in the application; by e-mail the owners, ' +
      'as long as the organization has named no mailbox, and whoever it is about alone',
  })
  chosen!: boolean;
}
