import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PlatformConfig } from '../../platform/config/platform.config.js';
import { routeNotFound } from '../../platform/errors/platform.problems.js';
import { Problem } from '../../platform/errors/problem.js';
import { Public } from '../../platform/http/public-route.js';
import { PreviewQuery } from './dto/preview.query.js';
import { MailRenderer } from './mail-renderer.js';
import { SAMPLE_MAILS, sampleOf } from './sample-mails.js';

/** Links may be followed, in a window of their own; nothing else of a mail is to do anything. */
const MAIL_CSP = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups; frame-ancestors 'self'";

const WRITTEN_AT = new Date('2025-11-14T08:00:00Z');

/**
 * The templates, filled with people who do not exist, for whoever works on them: `/api/mail-previews/created?locale=en`,
 * `&format=text`. Not in production, where these addresses do not exist.
 */
@ApiExcludeController()
@Public()
@Controller('api/mail-previews')
export class MailPreviewsController {
  constructor(
    private readonly renderer: MailRenderer,
    private readonly config: PlatformConfig,
  ) {}

  @Get()
  list(): string[] {
    this.assertDevelopment();
    return Object.keys(SAMPLE_MAILS).map((name) => `/api/mail-previews/${name}`);
  }

  @Get(':name')
  @Header('cache-control', 'no-store')
  async show(@Param('name') name: string, @Query() query: PreviewQuery, @Res() reply: FastifyReply): Promise<void> {
    this.assertDevelopment();
    const [, model] = Object.entries(SAMPLE_MAILS).find(([known]) => known === name) ?? [];
    if (model === undefined) throw new Problem(routeNotFound);
    const { html, text } = this.renderer.render(sampleOf(model), query.locale, WRITTEN_AT);
    const isText = query.format === 'text';
    await reply
      .header('content-security-policy', MAIL_CSP)
      .type(`${isText ? 'text/plain' : 'text/html'}; charset=utf-8`)
      .send(isText ? text : html);
  }

  private assertDevelopment(): void {
    if (this.config.production) throw new Problem(routeNotFound);
  }
}
