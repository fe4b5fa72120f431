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
import { CALENDLY } from './calendly.profile.js';

/** Called by Calendly itself: no session, the signature over the bytes is the proof. */
@ApiTags('Calendly')
@Public()
@Controller('api/calendly/webhook')
export class CalendlyWebhookController {
  constructor(private readonly receiver: DeliveryReceiver) {}

  @Post(':token')
  @HttpCode(200)
  @RawBody()
  @ApiOperation({ summary: 'A delivery to one connection’s own address' })
  @ApiHeader({ name: 'Calendly-Webhook-Signature', example: 't=1795000000,v1=…' })
  @ApiBody({ schema: { type: 'object' } })
  @ApiOkResponse({ type: ReceivedDto, description: 'Kept; the same for a repetition' })
  @ApiProblems(deliveryForged, deliveryAddressUnknown, bodyTooLarge, storageUnavailable)
  async receive(
    @Param('token') token: string,
    @Headers() headers: IncomingHttpHeaders,
    @Body() body: unknown,
  ): Promise<ReceivedDto> {
    await this.receiver.receive(CALENDLY.id, token, { body: toBytes(body), headers });
    return { received: true };
  }

  @Post()
  @HttpCode(200)
  @RawBody()
  @ApiOperation({ summary: 'A delivery to the address that all connections share' })
  @ApiHeader({ name: 'Calendly-Webhook-Signature', example: 't=1795000000,v1=…' })
  @ApiBody({ schema: { type: 'object' } })
  @ApiOkResponse({ type: ReceivedDto, description: 'Kept; the same for a repetition' })
  @ApiProblems(deliveryForged, deliveryAddressUnknown, deliveriesNotConfigured, bodyTooLarge, storageUnavailable)
  async receiveShared(@Headers() headers: IncomingHttpHeaders, @Body() body: unknown): Promise<ReceivedDto> {
    await this.receiver.receiveShared(CALENDLY.id, { body: toBytes(body), headers });
    return { received: true };
  }
}

/** A request without a body never meets a body parser. */
function toBytes(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
