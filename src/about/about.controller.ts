import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../accounts/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { unexpectedFailure } from '../platform/errors/platform.problems.js';
import { About } from './about.service.js';
import { MetaDto } from './dto/meta.dto.js';

@ApiTags('Exploitation')
@Public()
@Controller('api/meta')
export class AboutController {
  constructor(private readonly about: About) {}

  @Get()
  // The offer of a trial is made after the start.
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'What this server is: version, environment, languages, features' })
  @ApiOkResponse({ type: MetaDto })
  @ApiProblems(unexpectedFailure)
  describe(): MetaDto {
    return this.about.describe();
  }
}
