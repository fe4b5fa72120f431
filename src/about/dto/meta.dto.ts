import { ApiProperty } from '@nestjs/swagger';

export class FeaturesDto {
  @ApiProperty({ example: false, description: 'Mails are sent; if not, they are kept to be looked at' })
  mail!: boolean;

  @ApiProperty({ example: true, description: 'Anybody may register an organization' })
  registration_open!: boolean;

  @ApiProperty({ example: true, description: 'The API is documented at /docs' })
  docs!: boolean;
}

export class MetaDto {
  @ApiProperty({ example: '0.1.0' })
  version!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '8fd1f2b0c5b6f0a9d3e4a1b2c3d4e5f607182930',
    description: 'Null when it is not known',
  })
  commit!: string | null;

  @ApiProperty({ enum: ['development', 'production'], example: 'development' })
  environment!: 'development' | 'production';

  @ApiProperty({ example: true, description: 'At least one provider is a stand-in: nothing there is real' })
  is_sandbox!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'http://127.0.0.1:4010',
    description: 'The page of the stand-ins',
  })
  sandbox_url!: string | null;

  @ApiProperty({ type: [String], example: ['fr', 'en'], description: 'The first is the default' })
  locales!: string[];

  @ApiProperty({ type: FeaturesDto })
  features!: FeaturesDto;
}
