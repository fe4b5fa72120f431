import { ApiProperty } from '@nestjs/swagger';
import type { Locale } from '../../platform/errors/problem.js';

export class OrganizationDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c073990' })
  id!: string;

  @ApiProperty({ example: 'Atelier Lumière' })
  name!: string;

  @ApiProperty({ example: 'atelier-lumiere', description: 'The name in letters fit for an address' })
  slug!: string;

  @ApiProperty({ example: 'Europe/Paris', description: 'IANA zone in which notes and notifications tell the hour' })
  time_zone!: string;

  @ApiProperty({ example: 'fr', enum: ['fr', 'en'], description: 'Language of notes, notifications and mails' })
  locale!: Locale;
}
