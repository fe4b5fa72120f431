import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, type Session, sessionInvalid, sessionRequired } from '../../accounts/index.js';
import { ApiProblems } from '../../platform/errors/api-problems.decorator.js';
import { bodyMalformed, requestInvalid } from '../../platform/errors/platform.problems.js';
import { NotificationPreferenceDto } from './dto/notification-preference.dto.js';
import { UpdatePreferencesDto } from './dto/update-preferences.dto.js';
import { NotificationPreferences, type Preference } from './notification-preferences.service.js';

@ApiTags('Notifications')
@ApiBearerAuth()
@ApiProblems(sessionRequired, sessionInvalid)
@Controller('api/notification-preferences')
export class NotificationPreferencesController {
  constructor(private readonly preferences: NotificationPreferences) {}

  @Get()
  @ApiOperation({ summary: 'How the caller is told of what: one line for each kind' })
  @ApiOkResponse({ type: [NotificationPreferenceDto] })
  async list(@CurrentSession() session: Session): Promise<NotificationPreferenceDto[]> {
    return (await this.preferences.list(session)).map(toPreferenceDto);
  }

  @Put()
  @ApiOperation({
    summary: 'Choose anew how to be told of what',
    description:
      'A kind that is muted in the application is not shown there, what was told before included, until it is wanted ' +
      'again; nothing is deleted.',
  })
  @ApiOkResponse({ type: [NotificationPreferenceDto] })
  @ApiProblems(bodyMalformed, requestInvalid)
  async replace(
    @CurrentSession() session: Session,
    @Body() { preferences }: UpdatePreferencesDto,
  ): Promise<NotificationPreferenceDto[]> {
    const choices = preferences.map(({ kind, in_app: inApp, email }) => ({ kind, inApp, email }));
    return (await this.preferences.replace(session, choices)).map(toPreferenceDto);
  }
}

function toPreferenceDto({ kind, inApp, email, isChosen }: Preference): NotificationPreferenceDto {
  return { kind, in_app: inApp, email, chosen: isChosen };
}
