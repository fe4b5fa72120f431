import { Body, Controller, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../accounts/index.js';
import { PushReceiver } from '../deliveries/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import {
  bodyMalformed,
  bodyTooLarge,
  requestInvalid,
  storageUnavailable,
} from '../platform/errors/platform.problems.js';
import { Problem } from '../platform/errors/problem.js';
import { RawBody } from '../platform/http/raw-body.decorator.js';
import { readNotices } from './outlook.delivery.js';
import { OUTLOOK } from './outlook.profile.js';

/** What is given back to whoever asks should not be worth asking for. Real ones have some hundred characters. */
const LONGEST_TOKEN = 4_096;

/** Called by Microsoft itself: no session, each channel's own secret is the proof. */
@ApiTags('Outlook')
@Public()
@Controller('api/channels/outlook')
export class OutlookChannelController {
  constructor(private readonly pushes: PushReceiver) {}

  @Post()
  @HttpCode(202)
  @RawBody()
  @ApiOperation({ summary: 'Notifications of changes in calendars, or the question whether we want any' })
  @ApiQuery({ name: 'validationToken', required: false, description: 'Given back as it is, as plain text' })
  @ApiBody({ schema: { type: 'object' }, required: false })
  @ApiOkResponse({ description: 'The validation token', content: { 'text/plain': { schema: { type: 'string' } } } })
  @ApiAcceptedResponse({ description: 'Taken note of; what is not ours is left out without a word' })
  @ApiProblems(requestInvalid, bodyMalformed, bodyTooLarge, storageUnavailable)
  receive(
    @Query('validationToken') validationToken: unknown,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    return this.answer(validationToken, body, reply);
  }

  @Post('lifecycle')
  @HttpCode(202)
  @RawBody()
  @ApiOperation({ summary: 'Notifications about the channels themselves' })
  @ApiQuery({ name: 'validationToken', required: false, description: 'Given back as it is, as plain text' })
  @ApiBody({ schema: { type: 'object' }, required: false })
  @ApiOkResponse({ description: 'The validation token', content: { 'text/plain': { schema: { type: 'string' } } } })
  @ApiAcceptedResponse({ description: 'Taken note of; what is not ours is left out without a word' })
  @ApiProblems(requestInvalid, bodyMalformed, bodyTooLarge, storageUnavailable)
  receiveLifecycle(
    @Query('validationToken') validationToken: unknown,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    return this.answer(validationToken, body, reply);
  }

  /**
   * Graph asks while our own request for the channel is still open, so that nothing may be looked up before the answer.
   * Everything else is 202, whoever sent it: an error would bring it back for hours, and tell a stranger which ids exist.
   */
  private async answer(token: unknown, body: unknown, reply: FastifyReply): Promise<string | undefined> {
    if (typeof token === 'string') {
      if (token.length > LONGEST_TOKEN) throw new Problem(requestInvalid);
      void reply.status(200).type('text/plain; charset=utf-8').header('x-content-type-options', 'nosniff');
      return token;
    }
    const notices = readNotices(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
    if (notices === null) throw new Problem(bodyMalformed);
    if (notices.length > 0) await this.pushes.receive(OUTLOOK.id, notices);
    return undefined;
  }
}
