import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

type Schema = Record<string, unknown>;

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema?: Schema;
}

interface Operation {
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: Schema;
  responses: Record<string, Schema>;
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, Schema>>;
}

/** A request as it went over the wire. */
export interface SentRequest {
  method: string;
  /** Below the version, still encoded: `/me/events/AAMk%2F…`. */
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

const file = new URL('../contract/specs/graph-calendar.openapi.json', import.meta.url);
const openApi = JSON.parse(readFileSync(file, 'utf8')) as OpenApi;

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
formats.default(ajv);
ajv.addSchema({ $id: 'graph', ...toDefinitions(openApi.components['schemas'] ?? {}) }, 'graph');

/** Named in the description, refused by the service all the same (contract 8). */
const notInDelta = new Set(['$select', '$expand', '$filter', '$orderby', '$search']);
/** What links bring along, and nobody writes. */
const linkTokens = new Set(['$skiptoken', '$deltatoken']);

const batchPart: Schema = {
  type: 'object',
  required: ['id', 'method', 'url'],
  properties: {
    id: { type: 'string', minLength: 1 },
    method: { enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] },
    url: { type: 'string', pattern: '^/' },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    body: {},
    dependsOn: { type: 'array', items: { type: 'string' } },
  },
  additionalProperties: false,
};
/** Not part of the description (contract 10). */
const batchRequest: Schema = listOf('requests', batchPart, 20);
const batchAnswer: Schema = listOf('responses', {
  type: 'object',
  required: ['id', 'status'],
  properties: { id: { type: 'string' }, status: { type: 'integer' }, headers: { type: 'object' }, body: {} },
  additionalProperties: false,
});

/**
 * What the OpenAPI description of Graph allows. It is read as the service means it: every name that is not in it is a
 * fault, save annotations (`@odata.…`), and any object may be null.
 */
export class GraphSpecification {
  private readonly compiled = new Map<string, ValidateFunction>();

  /** What is wrong with an answer, in sentences; nothing when it is as documented. */
  findAnswerFaults(method: string, path: string, status: number, body: unknown): string[] {
    if (status >= 400) return this.validate(closed('microsoft.graph.ODataErrors.ODataError'), body);
    if (isBatch(method, path)) return this.validate(batchAnswer, body);
    const found = findOperation(method, path);
    if (found === null) return [`${method} ${path} is not documented`];
    const { responses } = found.operation;
    const response = resolve(responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`]);
    if (response === undefined) return [`${method} ${path} is not documented to answer ${status}`];
    const schema = contentOf(response);
    if (schema !== null && body !== undefined) return this.validate(toClosed(schema), body);
    if (schema !== null && status !== 202 && status !== 204)
      return [`${method} ${path} answers ${status} without a body`];
    return schema === null && body !== undefined ? [`${method} ${path} answers ${status} with a body`] : [];
  }

  /** What is wrong with a request. Parts of a batch are looked at one by one. */
  findRequestFaults(request: SentRequest): string[] {
    const { method, path, headers, body } = request;
    const bearer = String(headers['authorization'] ?? '');
    const unauthorized = /^Bearer [\x21-\x7e]+$/.test(bearer) ? [] : ['the authorization is not a bearer token'];
    if (isBatch(method, path)) return [...unauthorized, ...this.findBatchFaults(request)];
    const found = findOperation(method, path);
    if (found === null) return [`${method} ${path} is not documented`];
    return [
      ...unauthorized,
      ...this.findQueryFaults(found, request.query),
      ...this.findBodyFaults(found.operation, headers, body),
    ];
  }

  /** The envelope of change notifications, lifecycle notifications included. */
  findNotificationFaults(envelope: unknown): string[] {
    return this.validate(closed('microsoft.graph.changeNotificationCollection'), envelope);
  }

  private findBatchFaults({ body, headers }: SentRequest): string[] {
    const type = typeFault(headers);
    if (type !== null) return [type];
    const batch = JSON.parse(body) as { requests: BatchPart[] };
    const shape = this.validate(batchRequest, batch);
    if (shape.length > 0) return shape;
    const repeated = new Set(batch.requests.map(({ id }) => id)).size < batch.requests.length;
    return [
      ...(repeated ? ['ids of the batch are repeated'] : []),
      ...batch.requests.flatMap((part) =>
        this.findRequestFaults(toRequest(part, headers)).map((fault) => `part ${part.id}: ${fault}`),
      ),
    ];
  }

  private findQueryFaults({ template, operation }: Found, query: URLSearchParams): string[] {
    const documented = new Map(
      (operation.parameters ?? [])
        .map((parameter) => resolve(parameter as unknown as Schema) as unknown as Parameter)
        .filter((parameter) => parameter.in === 'query')
        .map((parameter) => [parameter.name, parameter]),
    );
    const isDelta = template.endsWith('/delta()');
    const isLink = [...linkTokens].some((name) => query.has(name));
    const missing = [...documented.values()].filter(({ name, required }) => required && !isLink && !query.has(name));
    return [
      ...missing.map(({ name }) => `the query lacks ${name}`),
      ...[...query].flatMap(([name, value]) => {
        if (isDelta && linkTokens.has(name)) return [];
        if (isDelta && notInDelta.has(name)) return [`delta does not support ${name}`];
        const schema = documented.get(name)?.schema;
        if (schema === undefined) return [`the query has an undocumented ${name}`];
        return this.validate(toClosed(schema), asTyped(schema, value)).map((fault) => `query ${name}: ${fault}`);
      }),
      ...[...new Set(query.keys())]
        .filter((name) => query.getAll(name).length > 1)
        .map((name) => `${name} is repeated`),
    ];
  }

  private findBodyFaults({ requestBody }: Operation, headers: SentRequest['headers'], body: string): string[] {
    const described = resolve(requestBody);
    const schema = described === undefined ? null : contentOf(described);
    if (schema === null) return body === '' || body === '{}' ? [] : ['the request has a body'];
    if (body === '') return described?.['required'] === true ? ['the request has no body'] : [];
    const type = typeFault(headers);
    if (type !== null) return [type];
    return this.validate(toClosed(schema), withNamesOf(schema, JSON.parse(body)));
  }

  private validate(schema: Schema, value: unknown): string[] {
    const key = JSON.stringify(schema);
    const check = this.compiled.get(key) ?? ajv.compile(schema);
    this.compiled.set(key, check);
    if (check(value)) return [];
    return (check.errors ?? []).map(({ instancePath, message, params }) =>
      [instancePath || '/', message, JSON.stringify(params)].join(' '),
    );
  }
}

interface BatchPart {
  id: string;
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: unknown;
}

interface Found {
  template: string;
  operation: Operation;
}

function toRequest({ method, url, headers = {}, body }: BatchPart, outer: SentRequest['headers']): SentRequest {
  const [path = '', query = ''] = url.split('?', 2);
  const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method,
    path,
    query: new URLSearchParams(query),
    headers: { authorization: outer['authorization'], ...own },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

function isBatch(method: string, path: string): boolean {
  return method === 'POST' && path === '/$batch';
}

function typeFault(headers: SentRequest['headers']): string | null {
  const type = String(headers['content-type'] ?? '');
  return /^application\/json(;|$)/.test(type) ? null : `the body is sent as ${type}`;
}

/** The operation of a path: one spelt out counts before one with a parameter. `/users/{id}` is `/me`. */
function findOperation(method: string, path: string): Found | null {
  const asMe = path.replace(/^\/users\/[^/]+/, '/me').split('/');
  const [template] = Object.keys(openApi.paths)
    .filter((candidate) => fits(candidate.split('/'), asMe) && method.toLowerCase() in openApi.paths[candidate]!)
    .sort((one, other) => one.split('{').length - other.split('{').length);
  if (template === undefined) return null;
  return { template, operation: openApi.paths[template]![method.toLowerCase()]! };
}

function fits(template: string[], given: string[]): boolean {
  return (
    template.length === given.length &&
    template.every((expected, position) => {
      const segment = given[position]!;
      if (/^\{.+\}$/.test(expected)) return segment !== '' && !/[+=]/.test(segment);
      if (!expected.includes('(')) return segment === expected;
      // Functions are written with or without empty brackets, and with the type of their parameter or without it.
      const name = expected.slice(0, expected.indexOf('('));
      if (expected.endsWith('()')) return segment === expected || segment === name;
      const plain = decodeURIComponent(segment).replace(/=microsoft\.graph\.\w+'/, "='");
      return plain.startsWith(`${name}(`) && /^\w+\(\w+='\w+'\)$/.test(plain);
    })
  );
}

function resolve(value: Schema | undefined): Schema | undefined {
  const reference = value?.['$ref'];
  if (typeof reference !== 'string') return value;
  const [, , kind, name] = reference.split('/');
  return openApi.components[kind!]?.[name!];
}

function contentOf(value: Schema): Schema | null {
  const content = value['content'] as Record<string, { schema: Schema }> | undefined;
  return content?.['application/json']?.schema ?? null;
}

/** Parameters of actions come in either case: the description capitalises them, the vendor's own examples do not. */
function withNamesOf(schema: Schema, body: unknown): unknown {
  const names = Object.keys(schema['properties'] ?? {});
  if (!isObject(body) || !names.some((name) => /^[A-Z]/.test(name))) return body;
  const spelt = (given: string) => names.find((name) => name.toLowerCase() === given.toLowerCase()) ?? given;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [spelt(name), value]));
}

function asTyped(schema: Schema, value: string): unknown {
  if (schema['type'] === 'array') return value.split(/,(?![^(]*\))/);
  if (schema['type'] === 'integer' || schema['type'] === 'number') return Number(value);
  if (schema['type'] === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  return value;
}

function listOf(name: string, items: Schema, maxItems?: number): Schema {
  const list = { type: 'array', items, minItems: 1, ...(maxItems === undefined ? {} : { maxItems }) };
  return { type: 'object', required: [name], properties: { [name]: list }, additionalProperties: false };
}

function closed(name: string): Schema {
  return { $ref: `graph#/closed/${name}` };
}

/** Each schema twice: open, for those that extend it, and closed, for objects that are of it and nothing more. */
function toDefinitions(schemas: Record<string, Schema>): Schema {
  const names = Object.keys(schemas);
  return {
    open: Object.fromEntries(names.map((name) => [name, toOpen(schemas[name]!)])),
    closed: Object.fromEntries(names.map((name) => [name, sealed(schemas[name]!, { $ref: `graph#/open/${name}` })])),
  };
}

function toClosed(schema: Schema): Schema {
  return sealed(schema, toOpen(schema));
}

/** A schema that names no property leaves them all free. */
function sealed(schema: Schema, open: Schema): Schema {
  const reference = schema['$ref'];
  if (typeof reference === 'string') return closed(nameIn(reference));
  const isOpen = schema['properties'] === undefined && schema['allOf'] === undefined;
  return isOpen ? open : { allOf: [open], patternProperties: { '@': true }, unevaluatedProperties: false };
}

/** OpenAPI 3.0 in the words of JSON Schema 2020-12. `additionalProperties` there says only that there is more. */
function toOpen(schema: Schema): Schema {
  const { nullable, additionalProperties: _more, properties, items, allOf, format, ...rest } = schema;
  const open: Schema = {
    ...rest,
    // A time of day has no zone; the pattern beside it says what it is.
    ...(format === undefined || format === 'time' ? {} : { format }),
    ...(isObject(properties)
      ? { properties: mapValues(properties, (part) => orNull(toClosed(part as Schema), part)) }
      : {}),
    ...(isObject(items) ? { items: toClosed(items) } : {}),
    ...(Array.isArray(allOf) ? { allOf: (allOf as Schema[]).map(toBase) } : {}),
  };
  return nullable === true ? { anyOf: [open, { type: 'null' }] } : open;
}

function toBase(schema: Schema): Schema {
  const reference = schema['$ref'];
  return typeof reference === 'string' ? { $ref: `graph#/open/${nameIn(reference)}` } : toOpen(schema);
}

/** Complex values may be null at Graph's, which the description has no way to say beside a reference. */
function orNull(schema: Schema, part: unknown): Schema {
  return isObject(part) && typeof part['$ref'] === 'string' ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function nameIn(reference: string): string {
  return reference.split('/').at(-1)!;
}

function mapValues(value: Schema, map: (part: unknown) => Schema): Schema {
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, map(part)]));
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
