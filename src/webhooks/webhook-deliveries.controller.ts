import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentSession, RequiresRole, roleRequired, type Session, sessionRequired } from '../accounts/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { cursorInvalid, requestInvalid } from '../platform/errors/platform.problems.js';
import { Problem } from '../platform/errors/problem.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { decodeCursor, encodeCursor, setNextLink } from '../platform/http/paging.js';
import {
  toWebhookDeliveryDetailDto,
  toWebhookDeliveryDto,
  WebhookDeliveriesQuery,
  WebhookDeliveryDetailDto,
  WebhookDeliveryDto,
} from './dto/webhook-delivery.dto.js';
import { WebhookLog } from './webhook-log.js';
import { webhookDeliveryNotFound, webhookDisabled, webhookNotFound } from './webhooks.problems.js';

@ApiTags('Webhooks')
@ApiBearerAuth()
@RequiresRole('admin')
@Controller('api/webhooks/:id')
export class WebhookDeliveriesController {
  constructor(private readonly messages: WebhookLog) {}

  @Post('test')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send a test message, once; also to a webhook that is disabled',
    description: 'What came of it shows in the delivery whose id this answer gives.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiAcceptedResponse({ type: WebhookDeliveryDetailDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, webhookNotFound)
  async test(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<WebhookDeliveryDetailDto> {
    return toWebhookDeliveryDetailDto(await this.messages.test(session, id));
  }

  @Get('deliveries')
  @ApiOperation({ summary: 'What was sent and what waits, newest first' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: [WebhookDeliveryDto] })
  @ApiProblems(requestInvalid, cursorInvalid, sessionRequired, roleRequired, webhookNotFound)
  async list(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Query() { limit, cursor, state }: WebhookDeliveriesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookDeliveryDto[]> {
    const found = await this.messages.list(session, id, { state, limit: limit + 1, before: decodePosition(cursor) });
    const page = found.slice(0, limit);
    setNextLink(reply, request, found.length > limit ? encodeCursor([String(page.at(-1)?.position)]) : null);
    return page.map(toWebhookDeliveryDto);
  }

  @Get('deliveries/:deliveryId')
  @ApiOperation({ summary: 'One message, with every try' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'deliveryId', format: 'uuid' })
  @ApiOkResponse({ type: WebhookDeliveryDetailDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, webhookNotFound, webhookDeliveryNotFound)
  async get(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Param('deliveryId', IdPipe) deliveryId: string,
  ): Promise<WebhookDeliveryDetailDto> {
    return toWebhookDeliveryDetailDto(await this.messages.get(session, id, deliveryId));
  }

  @Post('deliveries/:deliveryId/resend')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send a message again, with the same id; one that waits is tried at once' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'deliveryId', format: 'uuid' })
  @ApiAcceptedResponse({ type: WebhookDeliveryDetailDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, webhookNotFound, webhookDeliveryNotFound, webhookDisabled)
  async resend(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Param('deliveryId', IdPipe) deliveryId: string,
  ): Promise<WebhookDeliveryDetailDto> {
    return toWebhookDeliveryDetailDto(await this.messages.resend(session, id, deliveryId));
  }
}

function decodePosition(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const [position = ''] = decodeCursor(cursor, 1);
  if (!/^\d{1,18}$/.test(position)) throw new Problem(cursorInvalid);
  return position;
}
