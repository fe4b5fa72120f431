import { Body, Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresRole, roleRequired, sessionInvalid, sessionRequired } from '../accounts/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { bodyMalformed, requestInvalid } from '../platform/errors/platform.problems.js';
import { GestureDto } from './dto/gesture.dto.js';
import { gestureUnknown, nothingThere, sandboxMissing, sandboxUnreachable } from './stand-ins.problems.js';
import { StandIns } from './stand-ins.service.js';

@ApiTags('Exploitation')
@ApiBearerAuth()
@RequiresRole('admin')
@ApiProblems(sessionRequired, sessionInvalid, roleRequired, sandboxUnreachable)
@Controller('api/sandbox/gestures')
export class StandInsController {
  constructor(private readonly standIns: StandIns) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'What the sandbox can be told to do; nothing in production, or where none was started with this server',
  })
  @ApiOkResponse({ type: [GestureDto] })
  async list(): Promise<GestureDto[]> {
    return (await this.standIns.list()).map(({ standIn, gesture }) => ({ stand_in: standIn, gesture }));
  }

  @Post()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Tell the sandbox to do it: to the account that was connected last, and to the latest thing there',
  })
  @ApiNoContentResponse({ description: 'Done; what follows from it comes as from the real service' })
  @ApiProblems(bodyMalformed, requestInvalid, sandboxMissing, gestureUnknown, nothingThere)
  async make(@Body() { stand_in: standIn, gesture }: GestureDto): Promise<void> {
    await this.standIns.make({ standIn, gesture });
  }
}
