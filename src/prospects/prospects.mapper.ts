import type { OrganizationMessage, ProspectMessage } from '../realtime/index.js';
import type { ProspectBookingDto } from './dto/prospect-booking.dto.js';
import type { ProspectDetailDto } from './dto/prospect-detail.dto.js';
import type { ProspectNoteDto } from './dto/prospect-note.dto.js';
import type { ProspectDto } from './dto/prospect.dto.js';
import type { ProspectBooking } from './prospect-bookings.js';
import type { ProspectDetail } from './prospect-detail.js';
import type { ProspectNote } from './prospect-note.js';
import type { ProspectView } from './prospect.view.js';

export function toCreatedMessage(view: ProspectView): OrganizationMessage {
  return { name: 'prospect:created', payload: { ...toMessage(view), created_at: view.created_at.toISOString() } };
}

export function toUpdatedMessage(view: ProspectView): OrganizationMessage {
  return { name: 'prospect:updated', payload: { ...toMessage(view), updated_at: view.updated_at.toISOString() } };
}

function toMessage({ id, firstname, lastname, email, phone, status, source, notes }: ProspectView): ProspectMessage {
  return { id, firstname, lastname, email, phone, status, source, notes };
}

export function toProspectDto(view: ProspectView): ProspectDto {
  return { ...toMessage(view), created_at: view.created_at.toISOString(), updated_at: view.updated_at.toISOString() };
}

export function toProspectDetailDto({ view, noteEntries, bookings }: ProspectDetail): ProspectDetailDto {
  return {
    ...toMessage(view),
    created_at: view.created_at.toISOString(),
    updated_at: view.updated_at.toISOString(),
    note_entries: noteEntries.map(toProspectNoteDto),
    bookings: bookings.map(toProspectBookingDto),
  };
}

function toProspectNoteDto({
  source,
  source_id: sourceId,
  happens_at: happensAt,
  text,
}: ProspectNote): ProspectNoteDto {
  return { source, source_id: sourceId, happens_at: happensAt.toISOString(), text };
}

function toProspectBookingDto(booking: ProspectBooking): ProspectBookingDto {
  return {
    id: booking.id,
    provider: booking.provider,
    event_name: booking.event_name,
    starts_at: booking.starts_at.toISOString(),
    ends_at: booking.ends_at.toISOString(),
    status: booking.status,
    meeting: booking.meeting,
    location: booking.location,
    join_url: booking.join_url,
  };
}
