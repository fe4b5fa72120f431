import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';

export class ConnectCalComDto {
  @ApiPropertyOptional({ example: 'cal_live_…', description: 'In the mode apikey: a key made in Cal.com’s settings' })
  @IsOptional()
  @Matches(/^cal_[\x21-\x7e]{1,250}$/, { message: 'must be an API key of Cal.com, which begins with cal_' })
  apiKey?: string;
}

class CalComConnectionDto {
  @ApiProperty({ example: true })
  connected!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'In the mode oauth: the consent page, to open in the browser',
  })
  authUrl!: string | null;
}

export class CalComConnectedDto {
  @ApiProperty({ example: true })
  success!: true;

  @ApiProperty({ type: CalComConnectionDto })
  data!: CalComConnectionDto;
}
