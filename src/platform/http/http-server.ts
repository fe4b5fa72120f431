import type { IncomingMessage } from 'node:http';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PlatformConfig } from '../config/platform.config.js';
import { addressInvalid, bodyTooLarge, mediaTypeUnsupported, requestUnreadable } from '../errors/platform.problems.js';
import { Problem } from '../errors/problem.js';
import { sendProblem } from '../errors/problem.answer.js';
import { requestContext } from '../logging/request-context.js';
import { BARE_HEADERS } from './bare-headers.js';
import { refuseUnreadable } from './client-errors.js';
import { rewriteExistingPath } from './existing-paths.js';
import { isHostClear } from './host-header.js';
import { ipPrefix } from './ip-prefix.js';
import { parseJsonBody } from './json-body.js';
import { preferredLocale } from './preferred-locale.js';
import { requestIdOf } from './request-id.js';

const API_BODY_LIMIT = 100 * 1024;
/** Of requests whose bytes are kept as they came. */
export const RAW_BODY_LIMIT = 256 * 1024;

export function httpAdapter(config: PlatformConfig): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: RAW_BODY_LIMIT,
    requestTimeout: 30_000,
    trustProxy: config.trustProxy,
    rewriteUrl: rewriteExistingPath,
    genReqId: ({ headers }: IncomingMessage) => requestIdOf(headers),
    routerOptions: { maxParamLength: 512 },
    // An address that cannot be decoded, or whose parts are too long, never reaches Nest and its filters.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      void reply.headers({ ...BARE_HEADERS, 'x-request-id': request.id });
      sendProblem(new Problem(addressInvalid, { cause: error }), request, reply);
    },
    clientErrorHandler: refuseUnreadable,
    // Node looks for what is late at intervals: at its own of half a minute, ten seconds would be forty.
    http: {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      // Asked for in `prepareRequests`, where the refusal can say why.
      requireHostHeader: false,
    },
  });
}

/** Body reading and request context, at the level of Fastify: before any of Nest's guards and pipes. */
export function prepareRequests(app: NestFastifyApplication): void {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();

  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    // What people may read stays in no cache; routes whose answers may be kept say so themselves.
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    if (!isHostClear(request.raw)) {
      void reply.header('connection', 'close');
      return done(new Problem(requestUnreadable));
    }
    // Fastify refuses what is no media type at all before any parser is asked. Where only the bytes count, it does not.
    if (request.routeOptions.config.rawBody && !request.mediaType) delete request.raw.headers['content-type'];
    requestContext.run(
      {
        requestId: request.id,
        locale: preferredLocale(request.headers['accept-language']),
        ipPrefix: ipPrefix(request.ip),
      },
      done,
    );
  });

  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, readBody(request, body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

function readBody(request: FastifyRequest, bytes: Buffer): unknown {
  if (request.routeOptions.config.rawBody) return bytes;
  // Callers that always name a type also do so where there is nothing to send; what is missing is said by validation.
  if (bytes.length === 0) return undefined;
  if (bytes.length > API_BODY_LIMIT) throw new Problem(bodyTooLarge);
  const [mediaType, ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  if (mediaType?.trim() !== 'application/json') throw new Problem(mediaTypeUnsupported);
  if (parameters.some((parameter) => /^\s*charset=/.test(parameter) && !/charset="?utf-8"?\s*$/.test(parameter))) {
    throw new Problem(mediaTypeUnsupported);
  }
  return parseJsonBody(bytes);
}
