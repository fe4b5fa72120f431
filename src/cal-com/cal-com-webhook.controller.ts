import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { IncomingHttpHeaders } from 'node:http';
import { Public } from '../accounts/index.js';
import {
  deliveriesNotConfigured,
  deliveryAddressUnknown,
  deliveryForged,
  DeliveryReceiver,
  ReceivedDto,
} from '../deliveries/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { bodyTooLarge, storageUnavailable } from '../platform/errors/platform.problems.js';
import { RawBody } from '../platform/http/raw-body.decorator.js';
import { CAL_COM } from './cal-com.profile.js';

/** Called by Cal.com itself: no session, the signature over the bytes is the proof. */
@ApiTags('Cal.com')
@Public()
@Controller('api/cal/webhook')
export class CalComWebhookController {
  constructor(private readonly receiver: DeliveryReceiver) {}

  @Post(':token')
  @HttpCode(200)
  @RawBody()
  @ApiOperation({ summary: 'A delivery to one connection’s own address' })
  @ApiHeader({ name: 'X-Cal-Signature-256', example: '5d41402abc4b2a76b9719d911017c592…' })
  @ApiBody({ schema: { type: 'object' } })
  @ApiOkResponse({ type: ReceivedDto, description: 'Kept; the same for a repetition' })
  @ApiProblems(deliveryForged, deliveryAddressUnknown, bodyTooLarge, storageUnavailable)
  async receive(
    @Param('token') token: string,
    @Headers() headers: IncomingHttpHeaders,
    @Body() body: unknown,
  ): Promise<ReceivedDto> {
    await this.receiver.receive(CAL_COM.id, token, { body: toBytes(body), headers });
    return { received: true };
  }

  @Post()
  @HttpCode(200)
  @RawBody()
  @ApiOperation({ summary: 'A delivery of a webhook that an administrator made, with CAL_WEBHOOK_SECRET' })
  @ApiHeader({ name: 'X-Cal-Signature-256', example: '5d41402abc4b2a76b9719d911017c592…' })
  @ApiBody({ schema: { type: 'object' } })
  @ApiOkResponse({ type: ReceivedDto, description: 'Kept; the same for a repetition' })
  @ApiProblems(deliveryForged, deliveryAddressUnknown, deliveriesNotConfigured, bodyTooLarge, storageUnavailable)
  async receiveShared(@Headers() headers: IncomingHttpHeaders, @Body() body: unknown): Promise<ReceivedDto> {
    await this.receiver.receiveShared(CAL_COM.id, { body: toBytes(body), headers });
    return { received: true };
  }
}

/** A request without a body never meets a body parser. */
function toBytes(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
