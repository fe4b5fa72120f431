import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  CurrentSession,
  RequiresRole,
  roleRequired,
  type Session,
  sessionInvalid,
  sessionRequired,
} from '../../accounts/index.js';
import { ApiProblems } from '../../platform/errors/api-problems.decorator.js';
import { bodyMalformed, requestInvalid } from '../../platform/errors/platform.problems.js';
import { MailConfig } from '../mail.config.js';
import { MailSettingsDto } from './dto/mail-settings.dto.js';
import { UpdateMailSettingsDto } from './dto/update-mail-settings.dto.js';
import { MailSettings, type MailSettingsValues } from './mail-settings.service.js';

@ApiTags('E-mail')
@ApiBearerAuth()
@RequiresRole('admin')
@ApiProblems(sessionRequired, sessionInvalid, roleRequired)
@Controller('api/organization/mail-settings')
export class MailSettingsController {
  constructor(
    private readonly settings: MailSettings,
    private readonly config: MailConfig,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Where the organization wants its mail' })
  @ApiOkResponse({ type: MailSettingsDto })
  async get(@CurrentSession() session: Session): Promise<MailSettingsDto> {
    return this.toDto(await this.settings.get(session));
  }

  @Patch()
  @ApiOperation({ summary: 'Change some of it; fields that are absent stay as they are' })
  @ApiOkResponse({ type: MailSettingsDto })
  @ApiProblems(bodyMalformed, requestInvalid)
  async patch(@CurrentSession() session: Session, @Body() body: UpdateMailSettingsDto): Promise<MailSettingsDto> {
    const { enabled, recipients, locale, digest } = body;
    return this.toDto(await this.settings.patch(session, { enabled, recipients, locale, digest }));
  }

  private toDto({ enabled, recipients, locale, digest, digestDueAt }: MailSettingsValues): MailSettingsDto {
    return {
      enabled,
      recipients,
      locale,
      digest,
      next_digest_at: digestDueAt?.toISOString() ?? null,
      sending: this.config.transport !== null,
    };
  }
}
