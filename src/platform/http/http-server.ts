import type { IncomingMessage } from 'node:http';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PlatformConfig } from '../config/platform.config.js';
import { addressInvalid, bodyTooLarge, mediaTypeUnsupported, requestUnreadable } from '../errors/platform.problems.js';
import { Problem } from '../errors/problem.js';
import { sendProblem } from '../errors/problem.answer.js';
import { newId } from '../database/identifiers.js';
import { requestContext } from '../logging/request-context.js';
import { BARE_HEADERS, refuseUnreadable } from './client-errors.js';
import { rewriteExistingPath } from './existing-paths.js';
import { ipPrefix } from './ip-prefix.js';
import { parseJsonBody } from './json-body.js';
import { preferredLocale } from './preferred-locale.js';

const API_BODY_LIMIT = 100 * 1024;
const RAW_BODY_LIMIT = 256 * 1024;

/** What a caller may choose as its own request id: short, and harmless in a log line. */
const REQUEST_ID = /^[\w-]{8,64}$/;

export function httpAdapter(config: PlatformConfig): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: RAW_BODY_LIMIT,
    requestTimeout: 30_000,
    trustProxy: config.trustProxy,
    rewriteUrl: rewriteExistingPath,
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : newId();
    },
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

/** RFC 9112 section 3.2: one host and no more, or a proxy may have gone by another than we would. */
function isHostClear({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  return hosts === 1 || (hosts === 0 && httpVersion === '1.0');
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
