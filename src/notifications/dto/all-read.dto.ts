import { ApiProperty } from '@nestjs/swagger';

export class AllReadDto {
  @ApiProperty({ example: 3, description: 'Notifications that were unread until now' })
  updated!: number;
}
