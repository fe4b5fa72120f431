import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IsCleanText } from '../../platform/http/clean-text.js';
import { IsMailbox } from '../email-address.js';

export class RegisterDto {
  @ApiProperty({ example: 'Atelier Lumière', description: 'Name of the new organization' })
  @IsCleanText({ min: 1, max: 120 })
  organization_name!: string;

  @ApiProperty({ example: 'Camille Martin', description: 'Name of its owner' })
  @IsCleanText({ min: 1, max: 120 })
  name!: string;

  @ApiProperty({ example: 'camille@atelier.example', description: 'Signs in with it; one account per address' })
  @IsMailbox()
  email!: string;

  // Every character counts in a password, so it is neither trimmed nor cleaned.
  @ApiProperty({ example: 'quatre mots pris au hasard', minLength: 10, maxLength: 200, format: 'password' })
  @IsString()
  @Length(10, 200)
  password!: string;
}
