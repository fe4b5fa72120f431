import { ApiProperty } from '@nestjs/swagger';

export class ReceivedDto {
  @ApiProperty({ example: true })
  received!: true;
}
