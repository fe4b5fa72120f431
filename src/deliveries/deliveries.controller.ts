import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentSession, RequiresRole, roleRequired, type Session, sessionRequired } from '../accounts/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { bodyMalformed, cursorInvalid, requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { setNextLink } from '../platform/http/paging.js';
import { requestContext } from '../platform/logging/request-context.js';
import { demandCriterion } from './replay-criteria.js';
import { deliveryBodyGone, deliveryNotFound } from './deliveries.problems.js';
import { Deliveries } from './deliveries.service.js';
import { DeliveryDetailDto, toDeliveryDetailDto } from './dto/delivery-detail.dto.js';
import { DeliveryDto, DeliveryQuery, toDeliveryDto } from './dto/delivery.dto.js';
import { ReplayDeliveriesDto, ReplayedDto } from './dto/replay.dto.js';

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
    @Query() { limit, cursor, ...query }: DeliveryQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeliveryDto[]> {
    const { error_code: errorCode, booking_id: bookingId, integration_id: integrationId, ...filter } = query;
    const meant = { ...filter, errorCode, bookingId, integrationId };
    const page = await this.deliveries.list(session, meant, { limit, cursor });
    setNextLink(reply, request, page.nextCursor);
    return page.deliveries.map(toDeliveryDto);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One delivery, with what it caused and why' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: DeliveryDetailDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, deliveryNotFound)
  async get(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<DeliveryDetailDto> {
    const { delivery, causes } = await this.deliveries.get(session, id);
    return toDeliveryDetailDto(delivery, causes, requestContext.get()?.locale ?? 'fr');
  }

  @Post('replay')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Process many deliveries again: by filter, or since a time',
    description: 'At least one criterion is needed. Deliveries whose body is no longer kept are passed over.',
  })
  @ApiAcceptedResponse({ type: ReplayedDto, description: 'They are being worked through, oldest first' })
  @ApiProblems(bodyMalformed, requestInvalid, sessionRequired, roleRequired)
  async replayMany(@CurrentSession() session: Session, @Body() body: ReplayDeliveriesDto): Promise<ReplayedDto> {
    demandCriterion(body);
    const { error_code: errorCode, integration_id: integrationId, ...filter } = body;
    const meant = { ...filter, errorCode, integrationId };
    return { success: true, count: await this.deliveries.replayMany(session, meant) };
  }

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Process one delivery again; what was already done has no second effect' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: DeliveryDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, deliveryNotFound, deliveryBodyGone)
  async replay(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<DeliveryDto> {
    return toDeliveryDto(await this.deliveries.replay(session, id));
  }
}
