import { Controller, Get, Header, Headers } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../accounts/index.js';
import { providerReauthorize, providerTimeout, providerUnavailable, providerWithdrawn } from '../integrations/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { Problem } from '../platform/errors/problem.js';
import { accessTokenUnknown } from './cal-com.problems.js';
import { CalCom } from './cal-com.service.js';
import { RefreshedTokenDto } from './dto/atoms.dto.js';

/**
 * Called by Cal.com's front-end parts, which have one header for a token and put Cal.com's own there: no session of ours
 * can come along. The token they show is the proof, and it must be one that this server has given to a browser.
 */
@ApiTags('Cal.com')
@Public()
@Controller('api/cal')
export class CalComAtomsController {
  constructor(private readonly calCom: CalCom) {}

  @Get('refresh')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'A fresh access token of a managed user, for Cal.com’s React atoms' })
  @ApiHeader({ name: 'Authorization', example: 'Bearer eyJhbGciOi…', description: 'The present one, maybe expired' })
  @ApiOkResponse({ type: RefreshedTokenDto })
  @ApiProblems(accessTokenUnknown, providerReauthorize, providerWithdrawn, providerUnavailable, providerTimeout)
  async refresh(@Headers('authorization') authorization: string | undefined): Promise<RefreshedTokenDto> {
    const shown = /^Bearer ([\x21-\x7e]{1,16384})$/i.exec(authorization ?? '')?.[1];
    if (shown === undefined) throw new Problem(accessTokenUnknown);
    return { accessToken: await this.calCom.refreshHanded(shown) };
  }
}
