import { ApiProperty } from '@nestjs/swagger';
import { isUtf8 } from 'node:buffer';

const ENCODINGS = ['utf-8', 'base64'] as const;

export class DeliveryBodyDto {
  @ApiProperty({ example: '{"event":"invitee.created","payload":{}}', description: 'As it came in, unchanged' })
  content!: string;

  @ApiProperty({ enum: ENCODINGS, example: 'utf-8', description: '`base64` where the bytes are no text' })
  encoding!: (typeof ENCODINGS)[number];

  @ApiProperty({ example: 2_048 })
  bytes!: number;
}

export function toDeliveryBodyDto(body: Buffer): DeliveryBodyDto {
  const encoding = isUtf8(body) ? 'utf-8' : 'base64';
  return { content: body.toString(encoding), encoding, bytes: body.length };
}
