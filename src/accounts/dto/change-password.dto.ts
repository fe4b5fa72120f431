import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

export class ChangePasswordDto {
  @ApiProperty({ example: 'quatre mots pris au hasard', format: 'password' })
  @IsString()
  @Length(1, 200)
  current_password!: string;

  // As at registration: every character counts.
  @ApiProperty({
    example: 'cinq mots pris au hasard ailleurs',
    minLength: 10,
    maxLength: 200,
    format: 'password',
    description: 'None of those that are most common',
  })
  @IsString()
  @Length(10, 200)
  new_password!: string;
}
