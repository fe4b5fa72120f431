import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** Gives replies `sendFile`. No folder is served by that: which file answers which address is for controllers to say. */
export function enableFiles(app: NestFastifyApplication): void {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  void server.register(fastifyStatic, { serve: false });
}
