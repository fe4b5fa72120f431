import { ApiProperty } from '@nestjs/swagger';
import { OrganizationDto } from './organization.dto.js';
import { UserDto } from './user.dto.js';

export class MeDto extends UserDto {
  @ApiProperty({ type: OrganizationDto })
  organization!: OrganizationDto;
}
