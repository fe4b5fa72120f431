import type { FastifyInstance, InjectOptions } from 'fastify';
import pLimit from 'p-limit';
import { z } from 'zod';
import { readGraphBody } from './event-body.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { badRequest } from './graph-error.js';
import type { GraphRouter } from './graph-router.js';
import { partHeader } from './watch.js';

const partsAtMost = 20;
/** Outlook runs so many parts of a batch at once (contract 10). */
const inParallel = 4;
const shownHeaders = new Set(['content-type', 'retry-after', 'location', 'preference-applied']);

const part = z.strictObject({
  id: z.string().min(1),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  url: z.string().min(1),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).default([]),
});
const batchBody = z.strictObject({ requests: z.array(part).min(1) });

type Part = z.output<typeof part>;

interface PartAnswer {
  id: string;
  status: number;
  headers: Record<string, string>;
  body?: unknown;
}

/** Several requests in one (contract 10). Each part goes the way of a request of its own, limits and faults included. */
export function registerBatchRoutes(router: GraphRouter, graph: FastifyInstance): void {
  router.add('POST', '/$batch', [], (call) => runBatch(call), false);

  async function runBatch(call: GraphCall): Promise<GraphAnswer> {
    const { requests } = readGraphBody(batchBody, call.body);
    checkParts(requests);
    const answers = new Map<string, Promise<PartAnswer>>();
    const atOnce = pLimit(inParallel);
    const isSequential = requests.some(({ dependsOn }) => dependsOn.length > 0);
    for (const request of requests) {
      const before = request.dependsOn.map((id) => answers.get(id)!);
      const answer = Promise.all(before).then((earlier) => {
        if (earlier.some(({ status }) => status >= 400)) return failedDependency(request);
        return isSequential ? run(call, request) : atOnce(() => run(call, request));
      });
      answers.set(request.id, answer);
    }
    // In the order they ended, which nobody may rely on.
    const responses: PartAnswer[] = [];
    await Promise.all([...answers.values()].map((answer) => answer.then((ended) => responses.push(ended))));
    return { body: { responses } };
  }

  async function run({ request }: GraphCall, { id, method, url, headers, body }: Part): Promise<PartAnswer> {
    const options: InjectOptions = {
      method,
      url: `${graph.prefix}${url.startsWith('/') ? url : `/${url}`}`,
      headers: { ...headers, authorization: request.headers.authorization ?? '', [partHeader]: id },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    };
    const answer = await graph.inject(options);
    const kept = Object.entries(answer.headers).filter(([name]) => shownHeaders.has(name));
    const text = answer.payload;
    return {
      id,
      status: answer.statusCode,
      headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
      ...(text === '' ? {} : { body: JSON.parse(text) as unknown }),
    };
  }
}

function checkParts(requests: Part[]): void {
  if (requests.length > partsAtMost) {
    throw badRequest(`The maximum number of requests in a batch is ${partsAtMost}.`, 'BadRequest');
  }
  const seen = new Set<string>();
  for (const { id, dependsOn, headers, body } of requests) {
    if (seen.has(id)) throw badRequest(`The id '${id}' is not unique in the batch.`, 'BadRequest');
    const missing = dependsOn.find((other) => !seen.has(other));
    if (missing !== undefined)
      throw badRequest(`'${id}' depends on '${missing}', which is not before it.`, 'BadRequest');
    const names = Object.keys(headers).map((name) => name.toLowerCase());
    if (body !== undefined && !names.includes('content-type')) {
      throw badRequest('Write request id is missing the Content-Type header.', 'BadRequest');
    }
    seen.add(id);
  }
}

function failedDependency({ id }: Part): PartAnswer {
  const error = { code: 'FailedDependency', message: 'A request this one depends on has failed.' };
  return { id, status: 424, headers: { 'content-type': 'application/json' }, body: { error } };
}
