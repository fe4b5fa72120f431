import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { routeNotFound } from '../errors/platform.problems.js';
import { Problem } from '../errors/problem.js';
import { Public } from '../http/public-route.js';
import { TrialPages } from '../trial/trial-pages.js';
import { ConsoleFolder } from './console-folder.js';

/**
 * Where a browser comes in: by the bare address, or sent back by a provider. It is let into the console where there is
 * one, else to the trial page where that is served, and where there is neither these addresses do not exist.
 */
@ApiExcludeController()
@Public()
@Controller()
export class FrontDoorController {
  constructor(
    private readonly folder: ConsoleFolder,
    private readonly trial: TrialPages,
  ) {}

  @Get()
  async home(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (await this.folder.isBuilt()) await reply.redirect('/console/', 302);
    else await this.trial.send('index.html', request, reply);
  }

  /** What the provider brings is posted on by the page that is opened. */
  @Get('auth/calendly/callback')
  async calendlyReturn(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (await this.folder.isBuilt()) await this.passOn('calendly', request, reply);
    // The address holds a code: nothing of it is to be kept.
    else await this.trial.send('callback.html', request, reply, 'no-store');
  }

  @Get('calendar/callback/:type')
  @Header('cache-control', 'no-store')
  async calendarReturn(
    @Param('type') type: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const isKnown = /^[a-z][a-z-]{0,39}$/.test(type);
    if (!isKnown || !(await this.folder.isBuilt())) throw new Problem(routeNotFound);
    await this.passOn(type, request, reply);
  }

  /** Where linking a calendar at Cal.com ends by default: the server has done its part, and says how it went. */
  @Get('dashboard/settings')
  @Header('cache-control', 'no-store')
  async calComReturn(@Query() query: Readonly<Record<string, unknown>>, @Res() reply: FastifyReply): Promise<void> {
    if (!(await this.folder.isBuilt())) throw new Problem(routeNotFound);
    const outcome = query['success'] === 'true' ? 'success' : 'error';
    await reply.redirect(`/console/return/cal-com?outcome=${outcome}`, 302);
  }

  private async passOn(type: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const [, query] = request.url.split('?', 2);
    const address = `/console/return/${type}${query === undefined ? '' : `?${query}`}`;
    await reply.header('cache-control', 'no-store').redirect(address, 302);
  }
}
