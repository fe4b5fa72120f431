import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentSession, RequiresRole, roleRequired, type Session, sessionRequired } from '../accounts/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { cursorInvalid, requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { decodeIdCursor, encodeCursor, setNextLink } from '../platform/http/paging.js';
import { deliveryBodyGone, deliveryNotFound } from './deliveries.problems.js';
import { Deliveries } from './deliveries.service.js';
import { DeliveryDto, DeliveryQuery, toDeliveryDto } from './dto/delivery.dto.js';

@ApiTags('Exploitation')
@ApiBearerAuth()
@RequiresRole('admin')
@Controller('api/deliveries')
export class DeliveriesController {
  constructor(private readonly deliveries: Deliveries) {}

  @Get()
  @ApiOperation({ summary: 'Webhook deliveries as they came in, newest first' })
  @ApiOkResponse({ type: [DeliveryDto] })
  @ApiProblems(requestInvalid, cursorInvalid, sessionRequired, roleRequired)
  async list(
    @CurrentSession() session: Session,
    @Query() { limit, cursor, provider, state }: DeliveryQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeliveryDto[]> {
    const filter = { provider, state, limit: limit + 1, before: decodeIdCursor(cursor) };
    const found = await this.deliveries.list(session, filter);
    const page = found.slice(0, limit);
    setNextLink(reply, request, found.length > limit ? encodeCursor([page.at(-1)!.id]) : null);
    return page.map(toDeliveryDto);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Process one delivery again; what was already done has no second effect' })
  @ApiOkResponse({ type: DeliveryDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, deliveryNotFound, deliveryBodyGone)
  async replay(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<DeliveryDto> {
    return toDeliveryDto(await this.deliveries.replay(session, id));
  }
}
