import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IsMailbox } from '../email-address.js';

export class LoginDto {
  @ApiProperty({ example: 'demo@passerelle.test' })
  @IsMailbox()
  email!: string;

  @ApiProperty({ example: 'passerelle-demo', format: 'password' })
  @IsString()
  @Length(1, 200)
  password!: string;
}
