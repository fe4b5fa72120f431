import { ApiProperty } from '@nestjs/swagger';
import type { Locale } from '../../platform/errors/problem.js';
import type { DeliveryCauses } from '../delivery-causes.js';
import { explainDelivery, explainSignature } from '../delivery-reasons.js';
import type { Delivery } from '../delivery.js';
import { DeliveryDto, toDeliveryDto } from './delivery.dto.js';

export class CausedBookingDto {
  @ApiProperty({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b78' })
  id!: string;

  @ApiProperty({ enum: ['created', 'changed', 'unchanged'], example: 'created' })
  effect!: string;

  @ApiProperty({ type: String, nullable: true, example: 'Découverte 30min' })
  event_name!: string | null;

  @ApiProperty({ example: '2026-01-16T15:30:00.000Z' })
  starts_at!: string;

  @ApiProperty({ example: 'active', description: 'As it stands now' })
  status!: string;
}

export class CausedProspectDto {
  @ApiProperty({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b79' })
  id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['created', 'updated', null],
    example: 'created',
    description: 'Null when this delivery left the prospect as it was',
  })
  effect!: string | null;
}

export class CausedNoteDto {
  @ApiProperty({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b7a' })
  id!: string;

  @ApiProperty({ example: 'Rendez-vous Calendly prévu le 16/01/2026 16:30:00 - Découverte 30min' })
  text!: string;

  @ApiProperty({ example: '2026-01-12T09:15:30.000Z' })
  updated_at!: string;
}

export class CausedNotificationDto {
  @ApiProperty({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b7b' })
  id!: string;

  @ApiProperty({ example: 'calendly_prospect_created' })
  type!: string;

  @ApiProperty({ example: 'Nouveau prospect Calendly' })
  title!: string;

  @ApiProperty({ example: 'John Doe a réservé un rendez-vous "Découverte" le 16/01/2026 16:30:00' })
  message!: string;

  @ApiProperty({ example: '2026-01-12T09:15:30.000Z' })
  created_at!: string;
}

export class CausedMailDto {
  @ApiProperty({ example: '0198f3c2-6b11-7aa0-8d0e-7a3c1c1f2b7c' })
  id!: string;

  @ApiProperty({ example: 'booking_created' })
  kind!: string;

  @ApiProperty({ example: 'sent' })
  state!: string;

  @ApiProperty({ example: '2026-01-12T09:15:30.000Z' })
  created_at!: string;
}

export class DeliveryCausesDto {
  @ApiProperty({ type: CausedBookingDto, nullable: true })
  booking!: CausedBookingDto | null;

  @ApiProperty({ type: CausedProspectDto, nullable: true, description: 'Null also when the person was erased since' })
  prospect!: CausedProspectDto | null;

  @ApiProperty({ type: CausedNoteDto, nullable: true, description: 'The note of this booking, as it stands now' })
  note!: CausedNoteDto | null;

  @ApiProperty({ type: [CausedNotificationDto] })
  notifications!: CausedNotificationDto[];

  @ApiProperty({ type: [CausedMailDto] })
  mails!: CausedMailDto[];
}

export class DeliveryDetailDto extends DeliveryDto {
  @ApiProperty({
    example: 'Un rendez-vous inconnu jusque-là a été enregistré.',
    description: 'Why it ended as it did, in the language of Accept-Language',
  })
  explanation!: string;

  @ApiProperty({
    example: 'La signature HMAC-SHA256 des octets reçus correspond à la clé de cette connexion.',
    description: 'What the check of its signature came to, in the language of Accept-Language',
  })
  signature_check!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { 'user-agent': 'Calendly' },
    description: 'The headers that are kept: none of them secret; the signature of a rejected one is masked',
  })
  headers!: Record<string, string>;

  @ApiProperty({ type: DeliveryCausesDto })
  caused!: DeliveryCausesDto;
}

export function toDeliveryDetailDto(delivery: Delivery, causes: DeliveryCauses, locale: Locale): DeliveryDetailDto {
  return {
    ...toDeliveryDto(delivery),
    explanation: explainDelivery(delivery)[locale],
    signature_check: explainSignature(delivery)[locale],
    headers: delivery.headers,
    caused: {
      booking: causes.booking && { ...causes.booking, starts_at: causes.booking.starts_at.toISOString() },
      prospect: causes.prospect && { id: causes.prospect.id, effect: causes.prospect.effect },
      note: causes.note && { ...causes.note, updated_at: causes.note.updated_at.toISOString() },
      notifications: causes.notifications.map((told) => ({ ...told, created_at: told.created_at.toISOString() })),
      mails: causes.mails.map((mail) => ({ ...mail, created_at: mail.created_at.toISOString() })),
    },
  };
}
