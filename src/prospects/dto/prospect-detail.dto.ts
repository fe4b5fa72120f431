import { ApiProperty } from '@nestjs/swagger';
import { ProspectBookingDto } from './prospect-booking.dto.js';
import { ProspectNoteDto } from './prospect-note.dto.js';
import { ProspectDto } from './prospect.dto.js';

export class ProspectDetailDto extends ProspectDto {
  @ApiProperty({ type: [ProspectNoteDto], description: 'The notes one by one, in the order of the `notes` text' })
  note_entries!: ProspectNoteDto[];

  @ApiProperty({ type: [ProspectBookingDto], description: 'The appointments, newest first' })
  bookings!: ProspectBookingDto[];
}
