import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

const WORD = /^[a-z][a-z-]{0,39}$/;
const message = 'must be a word of the list of gestures';

export class GestureDto {
  @ApiProperty({ example: 'calendly', description: 'Which service is imitated' })
  @Matches(WORD, { message })
  stand_in!: string;

  @ApiProperty({ example: 'book', description: 'What somebody does there, or what goes wrong there' })
  @Matches(WORD, { message })
  gesture!: string;
}
