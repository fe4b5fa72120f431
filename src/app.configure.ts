import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PlatformConfig } from './platform/config/platform.config.js';
import { enableFiles } from './platform/console/serve-files.js';
import { ProblemFilter } from './platform/errors/problem.filter.js';
import { HSTS_SECONDS } from './platform/http/bare-headers.js';
import { KnownRoutes } from './platform/http/known-routes.js';
import { prepareRequests } from './platform/http/http-server.js';
import { measureRequests } from './platform/http/request-metrics.js';
import { validationPipe } from './platform/http/validation.js';
import { EventLog } from './platform/logging/event-log.js';
import { Metrics } from './platform/metrics/metrics.js';
import { serveDocs } from './platform/http/api-docs.js';
import { RealtimeAdapter } from './realtime/index.js';

/** Everything about the application that is not a module: the same for the process and for the tests. */
export function configureApp(app: NestFastifyApplication): void {
  const config = app.get(PlatformConfig);
  const routes = new KnownRoutes();
  const overTls = config.publicUrl.startsWith('https:');

  routes.watch(app.getHttpAdapter().getInstance());
  prepareRequests(app);
  enableFiles(app);
  measureRequests(app, app.get(Metrics));
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter(app.get(EventLog), routes));
  app.enableCors({
    origin: [...config.corsOrigins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['link', 'retry-after', 'x-request-id'],
    maxAge: 600,
  });
  app.useSecurityHeaders({
    // Over plain http these two would send a browser to an https server that does not exist.
    strictTransportSecurity: overTls && { maxAge: HSTS_SECONDS, includeSubDomains: false },
    contentSecurityPolicy: { directives: overTls ? {} : { 'upgrade-insecure-requests': null } },
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.useWebSocketAdapter(new RealtimeAdapter(app));
  if (config.docsEnabled) serveDocs(app);
}
