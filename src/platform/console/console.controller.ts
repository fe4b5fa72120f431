import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PlatformConfig } from '../config/platform.config.js';
import { routeNotFound } from '../errors/platform.problems.js';
import { Problem } from '../errors/problem.js';
import { Public } from '../http/public-route.js';
import { requestContext } from '../logging/request-context.js';
import { ConsoleFolder } from './console-folder.js';
import { consolePolicy } from './console-policy.js';
import { missingConsolePage } from './missing-console.page.js';

/** Files whose names change with their content. */
const HASHED = /^assets\/.+-[\w-]{8,}\.\w+(?:\.map)?$/;

/**
 * The files of the web console. Its screens have addresses that are no files: whatever has no extension is the one page
 * that knows them all. A file that is not there is not there: a page in the place of a script helps nobody.
 */
@ApiExcludeController()
@Public()
@Controller('console')
export class ConsoleController {
  private readonly policy: string;

  constructor(
    private readonly folder: ConsoleFolder,
    config: PlatformConfig,
  ) {
    this.policy = consolePolicy(config.publicUrl);
  }

  @Get(['', '*'])
  async serve(@Req() request: FastifyRequest<{ Params: { '*'?: string } }>, @Res() reply: FastifyReply): Promise<void> {
    const name = request.params['*'] ?? '';
    void reply.header('content-security-policy', this.policy);
    if (!(await this.folder.isBuilt())) return await this.sayMissing(name, reply);
    this.send(isFile(name) ? name : 'index.html', reply);
  }

  private send(name: string, reply: FastifyReply): void {
    // Said with the file, not before it is found: that there is none today must not be kept for a year.
    const lasting = { maxAge: '365d', immutable: true };
    const isHashed = HASHED.test(name);
    if (!isHashed) void reply.header('cache-control', 'no-cache');
    void reply.sendFile(name, this.folder.path, {
      ...(isHashed ? lasting : { cacheControl: false }),
      dotfiles: 'deny',
      index: false,
    });
  }

  private async sayMissing(name: string, reply: FastifyReply): Promise<void> {
    // Parts of a page that nobody has.
    if (isFile(name)) throw new Problem(routeNotFound);
    const locale = requestContext.get()?.locale ?? 'fr';
    await reply
      .status(404)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(missingConsolePage(locale));
  }
}

function isFile(name: string): boolean {
  return /\.[^/]*$/.test(name);
}
