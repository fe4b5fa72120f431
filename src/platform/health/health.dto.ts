import { ApiProperty } from '@nestjs/swagger';

/** What terminus answers for one part: its state, and what the part says of itself. */
const PARTS = {
  type: 'object' as const,
  additionalProperties: {
    type: 'object',
    properties: { status: { type: 'string', enum: ['up', 'down'] } },
    required: ['status'],
    additionalProperties: true,
  },
};

export class LiveDto {
  @ApiProperty({ example: 'ok', enum: ['ok'] })
  status!: 'ok';
}

export class ReadyDto {
  @ApiProperty({ example: 'ok', enum: ['ok'] })
  status!: 'ok';

  @ApiProperty({ ...PARTS, example: { database: { status: 'up' } }, description: 'Parts that work' })
  info!: object;

  @ApiProperty({ ...PARTS, example: {}, description: 'Parts that do not' })
  error!: object;

  @ApiProperty({ ...PARTS, example: { database: { status: 'up' } }, description: 'All parts' })
  details!: object;
}
