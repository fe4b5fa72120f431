import { ApiProperty } from '@nestjs/swagger';
import { OrganizationDto } from './organization.dto.js';
import { UserDto } from './user.dto.js';

export class MeDto extends UserDto {
  @ApiProperty({ type: OrganizationDto })
  organization!: OrganizationDto;

  @ApiProperty({ example: true, description: 'Signs in here, with a password that can be changed' })
  has_password!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'When a temporary password ends, which was made for somebody who had forgotten theirs',
  })
  password_expires_at!: string | null;
}
