import type { FastifyInstance } from 'fastify';

/**
 * Which methods a path has. Fastify answers 404 to a known path with an unknown method; a client that used the wrong
 * verb deserves to hear which ones are right (RFC 9110 section 15.5.6).
 */
export class KnownRoutes {
  private readonly routes: { pattern: RegExp; methods: string[] }[] = [];

  /** To be called before routes are registered. */
  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ url, method }) => {
      // The catch-all that answers CORS preflights is there for every address, also for those that do not exist.
      if (url !== '*') this.routes.push({ pattern: toPattern(url), methods: [method].flat() });
    });
  }

  allowedMethods(url: string): string[] {
    const [path = '/'] = url.split('?');
    const methods = this.routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods);
    return [...new Set(methods)].sort();
  }
}

function toPattern(url: string): RegExp {
  const segments = url.split('/').map((segment) => {
    if (segment.startsWith(':')) return '[^/]+';
    return segment === '*' ? '.*' : segment.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  });
  return new RegExp(`^${segments.join('/')}$`);
}
