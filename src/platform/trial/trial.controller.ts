import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformConfig } from '../config/platform.config.js';
import { routeNotFound } from '../errors/platform.problems.js';
import { Problem } from '../errors/problem.js';
import { Public } from '../http/public-route.js';
import { PageFiles } from './page-files.js';
import { type DemoLogin, TrialOffer } from './trial-offer.js';

/** For the page alone. */
interface TrialSettings {
  public_url: string;
  sandbox_url: string | null;
  demo: DemoLogin | null;
}

/** One small page to try the product with, until a console takes its place. Programs talk to `/api`. */
@ApiExcludeController()
@Public()
@Controller()
export class TrialController {
  constructor(
    private readonly files: PageFiles,
    private readonly offer: TrialOffer,
    private readonly config: PlatformConfig,
  ) {}

  @Get()
  index(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send('index.html', request, reply);
  }

  /** Where a provider's redirect brings the browser back; what it brings is posted on by the page. */
  @Get('auth/calendly/callback')
  callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // The address holds a code: nothing of it is to be kept.
    return this.send('callback.html', request, reply, 'no-store');
  }

  @Get('trial/config.json')
  @Header('cache-control', 'no-store')
  settings(): TrialSettings {
    const { sandboxUrl, demo } = this.offer;
    return { public_url: this.config.publicUrl, sandbox_url: sandboxUrl, demo };
  }

  @Get('trial/:name')
  file(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.send(name, request, reply);
  }

  private async send(
    name: string,
    request: FastifyRequest,
    reply: FastifyReply,
    // Kept by the browser, and asked about each time: the page changes with the server.
    caching: 'no-cache' | 'no-store' = 'no-cache',
  ): Promise<void> {
    const file = await this.files.find(name);
    if (file === null) throw new Problem(routeNotFound);
    void reply.header('cache-control', caching).header('etag', file.tag);
    if (request.headers['if-none-match']?.includes(file.tag)) await reply.status(304).send();
    else await reply.type(file.type).send(file.content);
  }
}
