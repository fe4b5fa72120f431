import { Controller, Get, Header, HttpStatus, Query, Redirect } from '@nestjs/common';
import { ApiFoundResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Public } from '../accounts/index.js';
import { CalCom } from './cal-com.service.js';
import { type ReturnQuery, textIn } from './dto/return.query.js';

const LONGEST_STATE = 128;
const LONGEST_CODE = 2_048;

type Redirection = { url: string; statusCode: HttpStatus.FOUND };

/**
 * Where browsers come back, without a session: a state of ours is all that says who began. Every answer is a redirect to
 * a page that the configuration names, or on to the next consent page.
 */
@ApiTags('Cal.com')
@Public()
@Controller('api/cal')
export class CalComReturnController {
  constructor(private readonly calCom: CalCom) {}

  @Get('oauth-callback')
  @Redirect()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The redirect of Cal.com’s own consent page' })
  @ApiQuery({ name: 'code', required: false })
  @ApiQuery({ name: 'state', required: false })
  @ApiQuery({ name: 'error', required: false })
  @ApiFoundResponse({ description: 'To the calendar’s consent page, or to the success or error page' })
  async fromConsent(@Query() query: ReturnQuery): Promise<Redirection> {
    const callback = {
      code: textIn(query, 'code', LONGEST_CODE),
      state: textIn(query, 'state', LONGEST_STATE),
      error: textIn(query, 'error', LONGEST_STATE),
      iss: textIn(query, 'iss', LONGEST_CODE),
    };
    return to(await this.calCom.returnFromConsent(callback));
  }

  @Get('gcal-oauth-redirect')
  @Redirect()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The end of linking a Google calendar' })
  @ApiQuery({ name: 'state', required: false })
  @ApiFoundResponse({ description: 'To CALENDAR_SUCCESS_URL or CALENDAR_ERROR_URL' })
  async fromGoogle(@Query() query: ReturnQuery): Promise<Redirection> {
    return to(await this.calCom.returnFromCalendar('google', textIn(query, 'state', LONGEST_STATE)));
  }

  @Get('office-oauth-redirect')
  @Redirect()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The end of linking an Office 365 calendar' })
  @ApiQuery({ name: 'state', required: false })
  @ApiFoundResponse({ description: 'To CALENDAR_SUCCESS_URL or CALENDAR_ERROR_URL' })
  async fromOffice(@Query() query: ReturnQuery): Promise<Redirection> {
    return to(await this.calCom.returnFromCalendar('office365', textIn(query, 'state', LONGEST_STATE)));
  }
}

function to(url: string): Redirection {
  return { url, statusCode: HttpStatus.FOUND };
}
