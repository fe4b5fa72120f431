import { RouteConfig } from '@nestjs/platform-fastify';

/** Marks a route that receives the bytes as they were sent (a `Buffer`), because a signature covers exactly those. */
export const RawBody = () => RouteConfig({ rawBody: true });

declare module 'fastify' {
  interface FastifyContextConfig {
    rawBody?: boolean;
  }
}
