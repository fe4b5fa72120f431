import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'yaml';

type Schema = Record<string, unknown>;

interface Operation {
  parameters?: Schema[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, Schema>;
}

interface OpenApi {
  paths: Record<string, Record<string, unknown>>;
  components: Record<string, Record<string, Schema>>;
}

/** A request as it went over the wire. */
export interface SentRequest {
  method: string;
  /** Below the API's base. */
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

const folder = new URL('../specs/', import.meta.url);
const openApi = parse(readFileSync(new URL('calendly-v2.openapi.yaml', folder), 'utf8')) as OpenApi;
const delta = JSON.parse(readFileSync(new URL('calendly-v2.delta-2026-10.schema.json', folder), 'utf8')) as Schema;

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
formats.default(ajv);
ajv.addSchema(toJsonSchema({ $id: 'openapi', components: openApi.components }) as Schema, 'openapi');
ajv.addSchema({ ...delta, $id: 'delta' }, 'delta');

/**
 * What the specification of Calendly allows. The newer list of differences is asked first, then the older document; a
 * request or an answer that neither knows is a fault.
 */
export class CalendlySpecification {
  private readonly compiled = new Map<string, ValidateFunction>();

  /** What is wrong with an answer, in sentences; nothing when it is as documented. */
  findAnswerFaults(method: string, path: string, status: number, body: unknown): string[] {
    const schema = this.answerSchema(method, path, status, body);
    if (schema === null) return [`${method} ${path} is not documented to answer ${status}`];
    if (schema === NO_BODY) return body === undefined ? [] : [`${method} ${path} answers ${status} with a body`];
    return this.validate(schema, body);
  }

  /** What is wrong with a request. Any parameter that is not documented is. */
  findRequestFaults(request: SentRequest): string[] {
    const { method, path, query, headers, body } = request;
    const found = findOperation(method, path);
    if (found === null) return [`${method} ${path} is not documented`];
    const bearer = String(headers['authorization'] ?? '');
    return [
      ...(/^Bearer [\x21-\x7e]+$/.test(bearer) ? [] : ['the authorization is not a bearer token']),
      ...this.findQueryFaults(found.parameters, query),
      ...this.findBodyFaults(`${method} ${found.template}`, found.operation, headers, body),
    ];
  }

  /** A delivery's envelope, and the invitee in it. */
  findDeliveryFaults(delivery: { event?: unknown; payload?: unknown }): string[] {
    const isOfInvitee = String(delivery.event).startsWith('invitee');
    return [
      ...this.validate(ofDelta('WebhookEnvelope'), delivery),
      ...(isOfInvitee ? this.validate(ofDelta('InviteeWebhookPayload'), delivery.payload) : []),
    ];
  }

  private answerSchema(method: string, path: string, status: number, body: unknown): Schema | null {
    if (status >= 400 && isObject(body) && body['title'] === 'Insufficient scope')
      return ofDelta('InsufficientScopeError');
    // The body of a 429 is undocumented; it is an error of the API all the same.
    if (status === 429) return ofDelta('Error');
    const template = findOperation(method, path)?.template ?? path;
    const newer = NEWER_ANSWERS[`${method} ${template} ${status}`];
    if (newer) return newer;
    const response = resolve(findOperation(method, path)?.operation.responses[String(status)]);
    if (response === undefined) return null;
    if (status >= 400) return ofDelta('Error');
    const content = response['content'] as Record<string, { schema: Schema }> | undefined;
    return content?.['application/json']?.schema ?? NO_BODY;
  }

  private findQueryFaults(parameters: Schema[], query: URLSearchParams): string[] {
    const documented = new Map(
      parameters.filter((parameter) => parameter['in'] === 'query').map((parameter) => [parameter['name'], parameter]),
    );
    const missing = [...documented].filter(([name, { required }]) => required === true && !query.has(String(name)));
    return [
      ...missing.map(([name]) => `the query lacks ${String(name)}`),
      ...[...query].flatMap(([name, value]) => {
        const schema = documented.get(name)?.['schema'] as Schema | undefined;
        if (schema === undefined) return [`the query has an undocumented ${name}`];
        const isNumber = schema['type'] === 'number' || schema['type'] === 'integer';
        return this.validate(schema, isNumber ? Number(value) : value).map((fault) => `query ${name}: ${fault}`);
      }),
      ...[...new Set(query.keys())]
        .filter((name) => query.getAll(name).length > 1)
        .map((name) => `${name} is repeated`),
    ];
  }

  private findBodyFaults(
    route: string,
    { requestBody }: Operation,
    headers: SentRequest['headers'],
    body: string,
  ): string[] {
    const schema = NEWER_REQUESTS[route] ?? requestBody?.content['application/json']?.schema;
    if (schema === undefined) return body === '' ? [] : ['the request has a body'];
    const type = String(headers['content-type'] ?? '');
    if (!/^application\/json(;|$)/.test(type)) return [`the body is sent as ${type}`];
    const sent = JSON.parse(body) as Record<string, unknown>;
    const known = Object.keys(this.dereference(schema)['properties'] ?? {});
    const unknown = Object.keys(sent).filter((name) => !known.includes(name));
    return [...this.validate(schema, sent), ...unknown.map((name) => `the body has an undocumented ${name}`)];
  }

  private dereference(schema: Schema): Schema {
    const reference = schema['$ref'];
    if (typeof reference !== 'string') return schema;
    return (ajv.getSchema(reference)?.schema ?? {}) as Schema;
  }

  private validate(schema: Schema, value: unknown): string[] {
    const key = JSON.stringify(schema);
    const check = this.compiled.get(key) ?? ajv.compile(toJsonSchema(schema) as Schema);
    this.compiled.set(key, check);
    if (check(value)) return [];
    return (check.errors ?? []).map(({ instancePath, message, params }) =>
      [instancePath || '/', message, JSON.stringify(params)].join(' '),
    );
  }
}

const NO_BODY: Schema = {};

const pagination = { $ref: 'openapi#/components/schemas/Pagination' };

function ofDelta(name: string): Schema {
  return { $ref: `delta#/$defs/${name}` };
}

function resourceOf(item: Schema): Schema {
  return { type: 'object', required: ['resource'], properties: { resource: item } };
}

function listOf(item: Schema): Schema {
  const properties = { collection: { type: 'array', items: item }, pagination };
  return { type: 'object', required: ['collection', 'pagination'], properties };
}

const NEWER_ANSWERS: Readonly<Record<string, Schema>> = {
  'GET /scheduled_events 200': listOf(ofDelta('RestScheduledEvent')),
  'GET /scheduled_events/{uuid} 200': resourceOf(ofDelta('RestScheduledEvent')),
  'GET /scheduled_events/{uuid}/invitees 200': listOf(ofDelta('Invitee')),
  'GET /scheduled_events/{event_uuid}/invitees/{invitee_uuid} 200': resourceOf(ofDelta('Invitee')),
  'POST /scheduled_events/{uuid}/cancellation 201': resourceOf(ofDelta('Cancellation')),
  'POST /webhook_subscriptions 201': resourceOf(ofDelta('WebhookSubscription')),
  'GET /webhook_subscriptions 200': listOf(ofDelta('WebhookSubscription')),
  'GET /webhook_subscriptions/{webhook_uuid} 200': resourceOf(ofDelta('WebhookSubscription')),
  // Not in the older document at all.
  'GET /sample_webhook_data 200': {
    allOf: [ofDelta('WebhookEnvelope'), { properties: { payload: ofDelta('InviteeWebhookPayload') } }],
  },
  'GET /sample_webhook_data 400': ofDelta('Error'),
  'GET /sample_webhook_data 401': ofDelta('Error'),
  'GET /sample_webhook_data 403': ofDelta('Error'),
  'GET /sample_webhook_data 404': ofDelta('Error'),
};

const NEWER_REQUESTS: Readonly<Record<string, Schema>> = {
  'POST /webhook_subscriptions': ofDelta('CreateWebhookSubscriptionBody'),
};

/** The operation of a path: a literal segment counts before a parameter, as in `/users/me`. */
function findOperation(
  method: string,
  path: string,
): { template: string; operation: Operation; parameters: Schema[] } | null {
  const candidates = Object.keys(openApi.paths)
    .filter((template) => matches(template, path) && method.toLowerCase() in openApi.paths[template]!)
    .sort((one, other) => one.split('{').length - other.split('{').length);
  const [template] = candidates;
  if (template === undefined) return null;
  const item = openApi.paths[template]!;
  const operation = item[method.toLowerCase()] as Operation;
  const parameters = [...((item['parameters'] ?? []) as Schema[]), ...(operation.parameters ?? [])];
  return { template, operation, parameters: parameters.map((parameter) => resolve(parameter)!) };
}

function matches(template: string, path: string): boolean {
  const [expected, given] = [template.split('/'), path.split('/')];
  return (
    expected.length === given.length &&
    expected.every((segment, index) => (segment.startsWith('{') ? given[index] !== '' : segment === given[index]))
  );
}

function resolve(value: Schema | undefined): Schema | undefined {
  const reference = value?.['$ref'];
  if (typeof reference !== 'string') return value;
  const [, , kind, name] = reference.split('/');
  return openApi.components[kind!]?.[name!];
}

/** OpenAPI 3.0 in the words of JSON Schema 2020-12: `nullable`, and references into the document. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (!isObject(value)) return value;
  const { nullable, example: _example, examples: _examples, ...rest } = value;
  const schema = Object.fromEntries(
    Object.entries(rest).map(([name, part]) => {
      if (name === '$ref' && typeof part === 'string' && part.startsWith('#/')) return [name, `openapi${part}`];
      // The document names a single allowed word without a list around it.
      if (name === 'enum' && typeof part === 'string') return [name, [part]];
      return [name, toJsonSchema(part)];
    }),
  );
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
