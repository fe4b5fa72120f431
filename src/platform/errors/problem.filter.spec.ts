import { BadRequestException, type ArgumentsHost, ForbiddenException, NotFoundException } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { KnownRoutes } from '../http/known-routes.js';
import { EventLog } from '../logging/event-log.js';
import { requestContext } from '../logging/request-context.js';
import { requestInvalid } from './platform.problems.js';
import { ProblemFilter } from './problem.filter.js';
import { defineProblem, Problem, type ProblemKind } from './problem.js';
import { STATUS_OF } from './problem-status.js';

const treeMissing = defineProblem('tree/not-found', 'not-found', { fr: 'Arbre introuvable', en: 'Tree not found' });

describe('the answer to a failure', () => {
  let server: FastifyInstance;
  let lines: string[];
  let thrown: unknown;

  /** A real server whose one route throws; the filter answers as it does under Nest. */
  beforeEach(() => {
    lines = [];
    const log = new EventLog({ logFormat: 'json', logLevel: 'debug' }, (line) => lines.push(line));
    const routes = new KnownRoutes();
    const filter = new ProblemFilter(log, routes);
    const answer = filter.catch.bind(filter);
    server = Fastify({ genReqId: () => '0198f3c2-request', exposeHeadRoutes: false });
    routes.watch(server);
    server.setErrorHandler((thrownByRoute, request, reply) => {
      answer(thrownByRoute, hostOf(request, reply));
    });
    // As Nest does it: a route that is not there is thrown like any other failure.
    server.setNotFoundHandler(() => {
      throw new NotFoundException('Cannot GET /hunter2');
    });
    server.get('/trees/:id', () => {
      throw thrown;
    });
  });

  afterEach(() => server.close());

  async function answerTo(failure: unknown) {
    thrown = failure;
    const { statusCode, headers, body } = await server.inject('/trees/7?token=hunter2');
    return { status: statusCode, headers, body, problem: JSON.parse(body) as Record<string, unknown> };
  }

  it('is problem+json with a stable code, and the fields that older front ends read', async () => {
    const { headers, problem } = await answerTo(new Problem(treeMissing));
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(problem).toEqual({
      type: 'urn:passerelle:problem:tree/not-found',
      title: 'Arbre introuvable',
      status: 404,
      code: 'tree/not-found',
      request_id: '0198f3c2-request',
      success: false,
      message: 'Arbre introuvable',
    });
  });

  it('tells what is particular, and which fields are at fault', async () => {
    const errors = [{ pointer: '/height', message: { fr: 'Doit être positive', en: 'height must be positive' } }];
    const detail = { fr: 'La hauteur manque.', en: 'The height is missing.' };
    const { problem } = await answerTo(new Problem(requestInvalid, { detail, errors }));
    expect(problem).toMatchObject({ status: 400, detail: detail.fr, message: detail.fr });
    expect(problem).toMatchObject({ errors: [{ pointer: '/height', message: 'Doit être positive' }] });
  });

  it('speaks the language of the request', async () => {
    const context = { requestId: 'r', locale: 'en' as const, ipPrefix: 'unknown' };
    const { problem } = await requestContext.run(context, () => answerTo(new Problem(treeMissing)));
    expect(problem).toMatchObject({ title: 'Tree not found', message: 'Tree not found' });
  });

  it.each(Object.entries(STATUS_OF) as [ProblemKind, number][])(
    'gives the kind %s the status %s',
    async (kind, status) => {
      const { status: answered } = await answerTo(new Problem({ ...treeMissing, kind }));
      expect(answered).toBe(status);
    },
  );

  it('names when to come back, how to sign in, and the end of a connection whose body was not read', async () => {
    const tooMany = { ...treeMissing, kind: 'too-many-requests' as const };
    expect((await answerTo(new Problem(tooMany, { retryAfterSeconds: 7 }))).headers['retry-after']).toBe('7');
    const unknownCaller = { ...treeMissing, kind: 'unauthenticated' as const };
    expect((await answerTo(new Problem(unknownCaller))).headers['www-authenticate']).toBe('Bearer');
    const tooLarge = { ...treeMissing, kind: 'too-large' as const };
    expect((await answerTo(new Problem(tooLarge))).headers['connection']).toBe('close');
  });

  it.each<[string, unknown, number, string]>([
    ['a request that Nest refuses', new BadRequestException('height: hunter2'), 400, 'request/invalid'],
    ['another refusal of Nest', new ForbiddenException('hunter2'), 400, 'request/invalid'],
    [
      'a body that Fastify could not read',
      fastifyError('FST_ERR_CTP_INVALID_MEDIA_TYPE', 400),
      400,
      'request/body-malformed',
    ],
    [
      'a body that Fastify found too large',
      fastifyError('FST_ERR_CTP_BODY_TOO_LARGE', 413),
      413,
      'request/body-too-large',
    ],
    [
      'a type that Fastify does not read',
      fastifyError('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415),
      415,
      'request/media-type-unsupported',
    ],
    ['a server that is closing', fastifyError('FST_ERR_CLOSING', 503), 503, 'storage/unavailable'],
    ['a mistake of ours', new TypeError('hunter2 is not a function'), 500, 'server/unexpected'],
    ['a database that is away', Object.assign(new Error('hunter2'), { code: '57P01' }), 503, 'storage/unavailable'],
    [
      'another service that is away',
      Object.assign(new Error('hunter2'), { code: 'ECONNREFUSED' }),
      500,
      'server/unexpected',
    ],
    ['something that is no error at all', 'hunter2', 500, 'server/unexpected'],
  ])('turns %s into a problem, and keeps its words to itself', async (_, failure, status, code) => {
    const answer = await answerTo(failure);
    expect([answer.status, answer.problem['code']]).toEqual([status, code]);
    expect(answer.body).not.toContain('hunter2');
    expect(lines.join('')).not.toContain('hunter2');
  });

  it('tells an unknown address from a known one with the wrong verb', async () => {
    const unknown = await server.inject('/houses/hunter2');
    expect([unknown.statusCode, unknown.json<{ code: string }>().code]).toEqual([404, 'request/not-found']);
    const wrongVerb = await server.inject({ method: 'DELETE', url: '/trees/7?a=b' });
    expect([wrongVerb.statusCode, wrongVerb.json<{ code: string }>().code]).toEqual([
      405,
      'request/method-not-allowed',
    ]);
    expect([unknown.headers['allow'], wrongVerb.headers['allow']]).toEqual([undefined, 'GET']);
    expect(unknown.body).not.toContain('hunter2');
  });

  it('is one line in the log when the fault is ours, by route and not by address', async () => {
    await answerTo(new Problem(treeMissing));
    expect(lines).toEqual([]);
    await answerTo(new TypeError('hunter2'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      event: 'request.failed',
      error: 'TypeError',
      route: '/trees/:id',
      status: 500,
    });
  });

  it('leaves sockets and jobs to those who know how to answer them', () => {
    const filter = new ProblemFilter(
      new EventLog({ logFormat: 'json', logLevel: 'error' }, () => undefined),
      new KnownRoutes(),
    );
    const socket = { getType: () => 'ws' } as unknown as ArgumentsHost;
    expect(() => filter.catch(new Problem(treeMissing), socket)).toThrow('tree/not-found');
  });
});

function hostOf(request: FastifyRequest, reply: FastifyReply): ArgumentsHost {
  const http = { getRequest: () => request, getResponse: () => reply };
  return { getType: () => 'http', switchToHttp: () => http } as unknown as ArgumentsHost;
}

function fastifyError(code: string, statusCode: number): Error {
  return Object.assign(new Error('hunter2'), { code, statusCode });
}
