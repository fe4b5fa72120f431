import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentSession, type Session, sessionRequired } from '../accounts/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { cursorInvalid, requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { setNextLink } from '../platform/http/paging.js';
import { bookingNotFound } from './bookings.problems.js';
import { Bookings } from './bookings.service.js';
import { BookingDetailDto, toBookingDetailDto } from './dto/booking-detail.dto.js';
import { BookingDto, toBookingDto } from './dto/booking.dto.js';
import { ListBookingsQuery } from './dto/list-bookings.query.js';

@ApiTags('Bookings')
@ApiBearerAuth()
@Controller('api/bookings')
export class BookingsController {
  constructor(private readonly bookings: Bookings) {}

  @Get()
  @ApiOperation({
    summary: 'Appointments of all sources, one per invitee, by hour',
    description: 'The next page is announced by a `Link: <…>; rel="next"` header.',
  })
  @ApiOkResponse({ type: [BookingDto] })
  @ApiProblems(requestInvalid, cursorInvalid, sessionRequired)
  async list(
    @CurrentSession() session: Session,
    @Query() query: ListBookingsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BookingDto[]> {
    const { bookings, nextCursor } = await this.bookings.list(session, query);
    setNextLink(reply, request, nextCursor);
    return bookings.map(toBookingDto);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One appointment, with what happened to it' })
  @ApiOkResponse({ type: BookingDetailDto })
  @ApiProblems(requestInvalid, sessionRequired, bookingNotFound)
  async get(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<BookingDetailDto> {
    return toBookingDetailDto(await this.bookings.get(session, id));
  }
}
