import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { bodyMalformed, requestInvalid } from '../platform/errors/platform.problems.js';
import { toOrganizationDto } from './accounts.mapper.js';
import { roleRequired, sessionInvalid, sessionRequired } from './accounts.problems.js';
import { OrganizationDto } from './dto/organization.dto.js';
import { UpdateOrganizationDto } from './dto/update-organization.dto.js';
import { Profile } from './profile.service.js';
import { CurrentSession, RequiresRole } from './session.decorators.js';
import type { Session } from './session.js';

@ApiTags('Accounts')
@ApiBearerAuth()
@Controller('api/organization')
export class OrganizationController {
  constructor(private readonly profile: Profile) {}

  @Get()
  @ApiOperation({ summary: 'The organization of this session' })
  @ApiOkResponse({ type: OrganizationDto })
  @ApiProblems(sessionRequired, sessionInvalid)
  async get(@CurrentSession() session: Session): Promise<OrganizationDto> {
    return toOrganizationDto(await this.profile.getOrganization(session));
  }

  @Patch()
  @RequiresRole('admin')
  @ApiOperation({ summary: 'Change its name, time zone or language' })
  @ApiOkResponse({ type: OrganizationDto })
  @ApiProblems(bodyMalformed, requestInvalid, sessionRequired, sessionInvalid, roleRequired)
  async patch(@CurrentSession() session: Session, @Body() body: UpdateOrganizationDto): Promise<OrganizationDto> {
    const { name, time_zone, locale } = body;
    return toOrganizationDto(await this.profile.patchOrganization(session, { name: name?.trim(), time_zone, locale }));
  }
}
