import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '../session.js';

export class UserDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  id!: string;

  @ApiProperty({ example: 'camille@atelier.example' })
  email!: string;

  @ApiProperty({ example: 'Camille Martin' })
  name!: string;

  @ApiProperty({
    example: 'owner',
    enum: ROLES,
    description: 'An owner may do what an admin may, an admin what a member may',
  })
  role!: Role;

  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c073990' })
  organization_id!: string;
}
