import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentSession, RequiresRole, roleRequired, type Session, sessionRequired } from '../accounts/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { bodyMalformed, requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { toWebhookDto, toWebhookWithSecretDto, WebhookDto, WebhookWithSecretDto } from './dto/webhook.dto.js';
import { CreateWebhookDto, UpdateWebhookDto } from './dto/write-webhook.dto.js';
import { WebhookEndpoints } from './webhook-endpoints.service.js';
import { webhookLimitReached, webhookNotFound, webhookUrlRefused } from './webhooks.problems.js';

@ApiTags('Webhooks')
@ApiBearerAuth()
@RequiresRole('admin')
@Controller('api/webhooks')
export class WebhooksController {
  constructor(private readonly endpoints: WebhookEndpoints) {}

  @Get()
  @ApiOperation({ summary: 'Where the host application is told what happens here' })
  @ApiOkResponse({ type: [WebhookDto] })
  @ApiProblems(sessionRequired, roleRequired)
  async list(@CurrentSession() session: Session): Promise<WebhookDto[]> {
    return (await this.endpoints.list(session)).map(toWebhookDto);
  }

  @Post()
  @ApiOperation({
    summary: 'Have an address told',
    description:
      'Messages follow https://www.standardwebhooks.com: check them with that library and the secret of this answer, ' +
      'which is shown once. A message that is not answered 2xx is tried again for about a day, with the same id.',
  })
  @ApiCreatedResponse({ type: WebhookWithSecretDto })
  @ApiProblems(bodyMalformed, requestInvalid, webhookUrlRefused, sessionRequired, roleRequired, webhookLimitReached)
  async create(@CurrentSession() session: Session, @Body() body: CreateWebhookDto): Promise<WebhookWithSecretDto> {
    return toWebhookWithSecretDto(await this.endpoints.create(session, body));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One webhook' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: WebhookDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, webhookNotFound)
  async get(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<WebhookDto> {
    return toWebhookDto(await this.endpoints.get(session, id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a webhook; fields that are left out stay' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: WebhookDto })
  @ApiProblems(bodyMalformed, requestInvalid, webhookUrlRefused, sessionRequired, roleRequired, webhookNotFound)
  async update(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Body() body: UpdateWebhookDto,
  ): Promise<WebhookDto> {
    return toWebhookDto(await this.endpoints.update(session, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a webhook, with what was sent to it and what waits' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, webhookNotFound)
  async delete(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<void> {
    await this.endpoints.delete(session, id);
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make a new secret; for 24 hours messages are signed with both' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: WebhookWithSecretDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, webhookNotFound)
  async rotateSecret(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
  ): Promise<WebhookWithSecretDto> {
    return toWebhookWithSecretDto(await this.endpoints.rotateSecret(session, id));
  }
}
