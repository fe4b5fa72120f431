import { ApiProperty } from '@nestjs/swagger';

export class UnreadCountDto {
  @ApiProperty({ example: 3, description: 'Notifications the caller has not read' })
  count!: number;
}
