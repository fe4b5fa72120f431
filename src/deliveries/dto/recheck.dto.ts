import { ApiProperty } from '@nestjs/swagger';
import type { Locale } from '../../platform/errors/problem.js';
import { explainRecheck } from '../delivery-reasons.js';
import type { Rechecked } from '../delivery-recheck.js';
import { DeliveryDto, toDeliveryDto } from './delivery.dto.js';

const OUTCOMES = ['accepted', 'repeated', 'refused'] as const;

export class RecheckedDto {
  @ApiProperty({ enum: OUTCOMES, example: 'accepted' })
  outcome!: (typeof OUTCOMES)[number];

  @ApiProperty({
    example: 'La signature est bonne avec les clés d’aujourd’hui.',
    description: 'The outcome in the language of Accept-Language',
  })
  explanation!: string;

  @ApiProperty({ type: DeliveryDto })
  delivery!: DeliveryDto;
}

export function toRecheckedDto(rechecked: Rechecked, locale: Locale): RecheckedDto {
  const { outcome, delivery } = rechecked;
  const why = rechecked.outcome === 'refused' ? rechecked.fault : rechecked.outcome;
  return { outcome, explanation: explainRecheck(why)[locale], delivery: toDeliveryDto(delivery) };
}
