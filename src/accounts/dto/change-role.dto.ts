import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { ROLES, type Role } from '../session.js';

export class ChangeRoleDto {
  @ApiProperty({ example: 'admin', enum: ROLES })
  @IsIn(ROLES)
  role!: Role;
}
