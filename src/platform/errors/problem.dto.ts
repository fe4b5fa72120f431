import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class FieldErrorDto {
  @ApiProperty({ example: '/email', description: 'JSON pointer of the field' })
  pointer!: string;

  @ApiProperty({ example: 'Doit être une adresse e-mail', description: 'In the language of Accept-Language' })
  message!: string;
}

/** RFC 9457, with `success` and `message` for the front ends that read those. */
export class ProblemDto {
  @ApiProperty({ example: 'urn:passerelle:problem:prospect/not-found' })
  type!: string;

  @ApiProperty({
    example: 'Prospect introuvable',
    description: 'In the language of Accept-Language, French by default',
  })
  title!: string;

  @ApiProperty({ example: 404 })
  status!: number;

  @ApiProperty({ example: 'prospect/not-found', description: 'Stable; made for programs' })
  code!: string;

  @ApiPropertyOptional({ example: 'Aucun prospect ne porte cet identifiant.' })
  detail?: string;

  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  request_id!: string;

  @ApiPropertyOptional({ type: [FieldErrorDto] })
  errors?: FieldErrorDto[];

  @ApiProperty({ example: false })
  success!: false;

  @ApiProperty({ example: 'Prospect introuvable' })
  message!: string;
}
