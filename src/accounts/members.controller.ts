import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { bodyMalformed, cursorInvalid, requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { PageQuery } from '../platform/http/page-query.dto.js';
import { decodeIdCursor, encodeCursor, setNextLink } from '../platform/http/paging.js';
import { toUserDto } from './accounts.mapper.js';
import { lastOwner, memberNotFound, roleRequired, sessionInvalid, sessionRequired } from './accounts.problems.js';
import { ChangeRoleDto } from './dto/change-role.dto.js';
import { UserDto } from './dto/user.dto.js';
import { Members } from './members.service.js';
import { CurrentSession, RequiresRole } from './session.decorators.js';
import type { Session } from './session.js';

@ApiTags('Accounts')
@ApiBearerAuth()
@RequiresRole('admin')
@Controller('api/organization/members')
export class MembersController {
  constructor(private readonly members: Members) {}

  @Get()
  @ApiOperation({ summary: 'The people of the organization' })
  @ApiOkResponse({ type: [UserDto] })
  @ApiProblems(requestInvalid, cursorInvalid, sessionRequired, sessionInvalid, roleRequired)
  async list(
    @CurrentSession() session: Session,
    @Query() { limit, cursor }: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UserDto[]> {
    // One more than asked for tells whether there is a next page.
    const found = await this.members.list(session, { limit: limit + 1, after: decodeIdCursor(cursor) });
    const page = found.slice(0, limit);
    setNextLink(reply, request, found.length > limit ? encodeCursor([String(page.at(-1)?.id)]) : null);
    return page.map(toUserDto);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change the role of a member; only an owner makes or unmakes an owner' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: UserDto })
  @ApiProblems(bodyMalformed, requestInvalid, sessionRequired, sessionInvalid, roleRequired, memberNotFound, lastOwner)
  async changeRole(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Body() { role }: ChangeRoleDto,
  ): Promise<UserDto> {
    return toUserDto(await this.members.changeRole(session, id, role));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a member; their sessions end at once' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblems(requestInvalid, sessionRequired, sessionInvalid, roleRequired, memberNotFound, lastOwner)
  async remove(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<void> {
    await this.members.remove(session, id);
  }
}
