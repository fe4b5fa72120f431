import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformConfig } from '../config/platform.config.js';
import { Public } from '../http/public-route.js';
import { type DemoLogin, TrialOffer } from './trial-offer.js';
import { TrialPages } from './trial-pages.js';

/** For the page alone. */
interface TrialSettings {
  public_url: string;
  sandbox_url: string | null;
  demo: DemoLogin | null;
}

/** One small page to try the product with where no console is built. Programs talk to `/api`. */
@ApiExcludeController()
@Public()
@Controller('trial')
export class TrialController {
  constructor(
    private readonly pages: TrialPages,
    private readonly offer: TrialOffer,
    private readonly config: PlatformConfig,
  ) {}

  /** Also beside a console, which takes its place at `/`. */
  @Get()
  index(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.pages.send('index.html', request, reply);
  }

  @Get('config.json')
  @Header('cache-control', 'no-store')
  settings(): TrialSettings {
    const { sandboxUrl, demo } = this.offer;
    return { public_url: this.config.publicUrl, sandbox_url: sandboxUrl, demo };
  }

  @Get(':name')
  file(@Param('name') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.pages.send(name, request, reply);
  }
}
