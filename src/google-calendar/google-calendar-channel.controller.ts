import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { IncomingHttpHeaders } from 'node:http';
import { Public } from '../accounts/index.js';
import { deliveryAddressUnknown, PushReceiver, ReceivedDto } from '../deliveries/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { bodyTooLarge, storageUnavailable } from '../platform/errors/platform.problems.js';
import { Problem } from '../platform/errors/problem.js';
import { RawBody } from '../platform/http/raw-body.decorator.js';
import { readNotice } from './google-calendar.delivery.js';
import { GOOGLE_CALENDAR } from './google-calendar.profile.js';

/** A push has no body; what is sent all the same is not read. */
const LARGEST_BODY_BYTES = 4_096;

/** Called by Google itself: no session, the channel's own token is the proof. */
@ApiTags('Google Calendar')
@Public()
@Controller('api/channels/google')
export class GoogleCalendarChannelController {
  constructor(private readonly pushes: PushReceiver) {}

  /** 404 is a lost message to Google, which is right for a channel that is none of ours. */
  @Post()
  @HttpCode(200)
  @RawBody()
  @ApiOperation({ summary: 'A push over one calendar’s channel: something there has changed' })
  @ApiHeader({ name: 'X-Goog-Channel-ID', example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  @ApiHeader({ name: 'X-Goog-Channel-Token', example: 'q8Jd0…' })
  @ApiHeader({ name: 'X-Goog-Resource-State', example: 'exists' })
  @ApiOkResponse({ type: ReceivedDto, description: 'The calendar will be read' })
  @ApiProblems(deliveryAddressUnknown, bodyTooLarge, storageUnavailable)
  async receive(@Headers() headers: IncomingHttpHeaders, @Body() body: unknown): Promise<ReceivedDto> {
    if (Buffer.isBuffer(body) && body.length > LARGEST_BODY_BYTES) throw new Problem(bodyTooLarge);
    const notice = readNotice(headers);
    const [outcome] = notice === null ? [] : await this.pushes.receive(GOOGLE_CALENDAR.id, [notice]);
    if (outcome !== 'taken') throw new Problem(deliveryAddressUnknown);
    return { received: true };
  }
}
