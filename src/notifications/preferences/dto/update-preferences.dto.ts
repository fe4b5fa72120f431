import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, ValidateNested } from 'class-validator';
import { NOTIFICATION_KINDS, type NotificationKind } from '../../notification-kind.js';

export class PreferenceChoiceDto {
  @ApiProperty({ example: 'booking_created', enum: NOTIFICATION_KINDS })
  @IsIn(NOTIFICATION_KINDS)
  kind!: NotificationKind;

  @ApiProperty({ example: true, description: 'Tell me in the application' })
  @IsBoolean()
  in_app!: boolean;

  @ApiProperty({ example: false, description: 'Tell me by e-mail; neither of the two: not at all' })
  @IsBoolean()
  email!: boolean;
}

export class UpdatePreferencesDto {
  @ApiProperty({
    type: [PreferenceChoiceDto],
    description: 'All choices of the caller; a kind that is not listed follows the default again',
  })
  @IsArray()
  @ArrayMaxSize(NOTIFICATION_KINDS.length)
  @ArrayUnique((choice: PreferenceChoiceDto | null) => choice?.kind)
  @ValidateNested({ each: true })
  @Type(() => PreferenceChoiceDto)
  preferences!: PreferenceChoiceDto[];
}
