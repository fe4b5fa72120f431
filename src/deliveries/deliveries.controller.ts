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
import {
  deliveryBodyGone,
  deliveryConnectionEnded,
  deliveryEvidenceGone,
  deliveryNotFound,
  deliveryNotRejected,
  deliveryRejected,
  replayNotFound,
} from './deliveries.problems.js';
import { Deliveries } from './deliveries.service.js';
import { DeliveryRecheck } from './delivery-recheck.js';
import { DeliveryBodyDto, toDeliveryBodyDto } from './dto/delivery-body.dto.js';
import { DeliveryDetailDto, toDeliveryDetailDto } from './dto/delivery-detail.dto.js';
import { DeliveryDto, DeliveryQuery, toDeliveryDto } from './dto/delivery.dto.js';
import { RecheckedDto, toRecheckedDto } from './dto/recheck.dto.js';
import { ReplayDeliveriesDto } from './dto/replay.dto.js';
import { BegunReplayDto, ReplayPlanDto, ReplayRunDto, toReplayPlanDto, toReplayRunDto } from './dto/replay-run.dto.js';
import type { DeliveryFilter } from './delivery-filter.js';
import { ReplayRuns } from './replay-runs.js';

@ApiTags('Exploitation')
@ApiBearerAuth()
@RequiresRole('admin')
@Controller('api/deliveries')
export class DeliveriesController {
  constructor(
    private readonly deliveries: Deliveries,
    private readonly rechecks: DeliveryRecheck,
    private readonly replays: ReplayRuns,
  ) {}

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

  @Get('replays')
  @ApiOperation({ summary: 'The last replays of many deliveries, newest first' })
  @ApiOkResponse({ type: [ReplayRunDto] })
  @ApiProblems(sessionRequired, roleRequired)
  async listReplays(@CurrentSession() session: Session): Promise<ReplayRunDto[]> {
    return (await this.replays.list(session)).map(toReplayRunDto);
  }

  @Get('replays/:id')
  @ApiOperation({ summary: 'How far a replay of many is' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ReplayRunDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, replayNotFound)
  async getReplay(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<ReplayRunDto> {
    return toReplayRunDto(await this.replays.get(session, id));
  }

  @Post('replays/:id/cancel')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Call a replay of many off',
    description: 'What is through stays as it is, what is under way is ended. One that has ended is answered as it is.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ReplayRunDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, replayNotFound)
  async cancelReplay(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<ReplayRunDto> {
    return toReplayRunDto(await this.replays.cancel(session, id));
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

  @Get(':id/body')
  @ApiOperation({ summary: 'The body of one delivery, as it came in' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: DeliveryBodyDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, deliveryNotFound, deliveryBodyGone)
  async getBody(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<DeliveryBodyDto> {
    return toDeliveryBodyDto(await this.deliveries.readBody(session, id));
  }

  @Post('replay/plan')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Count what a replay of many would mean, and do nothing',
    description: 'With the same `until` in both, what is counted here is what is replayed then.',
  })
  @ApiOkResponse({ type: ReplayPlanDto })
  @ApiProblems(bodyMalformed, requestInvalid, sessionRequired, roleRequired)
  async planReplay(@CurrentSession() session: Session, @Body() body: ReplayDeliveriesDto): Promise<ReplayPlanDto> {
    return toReplayPlanDto(await this.replays.plan(session, toFilter(body)));
  }

  @Post('replay')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Process many deliveries again: by filter, or since a time',
    description: 'At least one criterion is needed. Deliveries whose body is no longer kept are passed over.',
  })
  @ApiAcceptedResponse({ type: BegunReplayDto, description: 'They are being worked through, oldest first' })
  @ApiProblems(bodyMalformed, requestInvalid, sessionRequired, roleRequired)
  async replayMany(@CurrentSession() session: Session, @Body() body: ReplayDeliveriesDto): Promise<BegunReplayDto> {
    const run = await this.replays.begin(session, toFilter(body));
    return { success: true, count: run?.total ?? 0, run_id: run?.id ?? null };
  }

  @Post(':id/recheck')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Check the signature of a rejected delivery again, with the keys of today',
    description:
      'When it is right now, the delivery is accepted and worked through like any other. How old the signature may be ' +
      'is RETENTION_BODY_DAYS here, not the minutes that hold for what just comes in.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: RecheckedDto })
  @ApiProblems(
    requestInvalid,
    sessionRequired,
    roleRequired,
    deliveryNotFound,
    deliveryNotRejected,
    deliveryEvidenceGone,
    deliveryConnectionEnded,
  )
  async recheck(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<RecheckedDto> {
    return toRecheckedDto(await this.rechecks.recheck(session, id), requestContext.get()?.locale ?? 'fr');
  }

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Process one delivery again; what was already done has no second effect' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: DeliveryDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, deliveryNotFound, deliveryBodyGone, deliveryRejected)
  async replay(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<DeliveryDto> {
    return toDeliveryDto(await this.deliveries.replay(session, id));
  }
}

/** At least one criterion: a replay of everything is asked for, not what an empty body means. */
function toFilter(body: ReplayDeliveriesDto): DeliveryFilter {
  demandCriterion(body);
  const { error_code: errorCode, integration_id: integrationId, booking_id: bookingId, ...filter } = body;
  return { ...filter, errorCode, integrationId, bookingId };
}
