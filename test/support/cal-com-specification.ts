import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

type Schema = Record<string, unknown>;

interface Parameter extends Schema {
  name: string;
  in: 'query' | 'path' | 'header';
  required?: boolean;
  schema?: Schema;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** A request as it went over the wire. */
export interface SentRequest {
  method: string;
  /** Below the API's base, which ends in `/v2`. */
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

const text = { type: 'string' };

const ERROR: Schema = {
  type: 'object',
  required: ['status', 'timestamp', 'path', 'error'],
  properties: {
    status: { const: 'error' },
    timestamp: { type: 'string', format: 'date-time' },
    path: { type: 'string', pattern: '^/v2/' },
    error: { type: 'object', required: ['code', 'message'], properties: { code: text, message: text } },
  },
};

const OAUTH_ERROR: Schema = {
  type: 'object',
  required: ['error', 'error_description'],
  properties: { error: text, error_description: text },
};

const file = new URL('../contract/specs/calcom-v2.openapi.json', import.meta.url);
const openApi = corrected(JSON.parse(readFileSync(file, 'utf8')) as OpenApi);

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
formats.default(ajv);
ajv.addSchema(toJsonSchema({ $id: 'openapi', components: openApi.components }) as Schema, 'openapi');

/** What the OpenAPI document of Cal.com allows, its known slips put right. A path it does not have is a fault. */
export class CalComSpecification {
  private readonly compiled = new Map<string, ValidateFunction>();

  /** What is wrong with an answer, in sentences; nothing when it is as documented. */
  findAnswerFaults(method: string, path: string, status: number, body: unknown): string[] {
    const found = findOperation(method, path);
    if (found === null) return [`${method} ${path} is not documented`];
    // The document shows successes only; refusals have one shape everywhere, but for the OAuth 2.0 token endpoint.
    if (status >= 400) return this.validate(found.template === '/v2/auth/oauth2/token' ? OAUTH_ERROR : ERROR, body);
    const response = found.operation.responses[String(status)];
    if (response === undefined) return [`${method} ${path} is not documented to answer ${status}`];
    const schema = response.content?.['application/json']?.schema;
    return schema === undefined ? [] : this.validate(schema, body);
  }

  /** What is wrong with a request: paths, parameters, version header, way to authenticate, body. */
  findRequestFaults({ method, path, query, headers, body }: SentRequest): string[] {
    const found = findOperation(method, path);
    if (found === null) return [`${method} ${path} is not documented`];
    const { operation } = found;
    return [
      ...this.findHeaderFaults(operation.parameters ?? [], headers),
      ...this.findQueryFaults(operation.parameters ?? [], query),
      ...this.findBodyFaults(operation, headers, body),
    ];
  }

  private findHeaderFaults(parameters: Parameter[], headers: SentRequest['headers']): string[] {
    return parameters
      .filter((parameter) => parameter.in === 'header')
      .flatMap(({ name, required, schema }) => {
        const value = headers[name.toLowerCase()];
        if (value === undefined) return required === true ? [`the header ${name} is missing`] : [];
        // A header with a default names the one version that answers as documented.
        const version = schema?.['default'] as string | undefined;
        if (version !== undefined && value !== version) return [`the header ${name} is not ${version}`];
        const isBearer = name !== 'Authorization' || /^Bearer [\x21-\x7e]+$/.test(String(value));
        return isBearer ? [] : ['the authorization is not a bearer token'];
      });
  }

  private findQueryFaults(parameters: Parameter[], query: URLSearchParams): string[] {
    const documented = new Map(
      parameters.filter((parameter) => parameter.in === 'query').map((parameter) => [parameter.name, parameter]),
    );
    const missing = [...documented.values()].filter(({ name, required }) => required === true && !query.has(name));
    return [
      ...missing.map(({ name }) => `the query lacks ${name}`),
      ...[...query].flatMap(([name, value]) => {
        const schema = documented.get(name.replace(/\[\d+\]/, '[]'))?.schema;
        if (schema === undefined) return [`the query has an undocumented ${name}`];
        return this.validate(schema, asTyped(schema, value)).map((fault) => `query ${name}: ${fault}`);
      }),
      ...[...new Set(query.keys())]
        .filter((name) => query.getAll(name).length > 1)
        .map((name) => `${name} is repeated`),
    ];
  }

  private findBodyFaults({ requestBody }: Operation, headers: SentRequest['headers'], body: string): string[] {
    const content = requestBody?.content ?? {};
    const schema = content['application/json']?.schema;
    if (schema === undefined) return body === '' || body === '{}' ? [] : ['the request has a body'];
    if (body === '') return requestBody?.required === true ? ['the request has no body'] : [];
    const type = String(headers['content-type'] ?? '');
    const isForm = type.startsWith('application/x-www-form-urlencoded');
    if (!isForm && !/^application\/json(;|$)/.test(type)) return [`the body is sent as ${type}`];
    const sent = isForm ? Object.fromEntries(new URLSearchParams(body)) : (JSON.parse(body) as Record<string, unknown>);
    const known = this.propertiesOf(schema);
    const unknown = Object.keys(sent).filter((name) => !known.has(name));
    return [...this.validate(schema, sent), ...unknown.map((name) => `the body has an undocumented ${name}`)];
  }

  /** Of all the alternatives together. */
  private propertiesOf(schema: Schema): Set<string> {
    const reference = schema['$ref'];
    if (typeof reference === 'string') {
      return this.propertiesOf(openApi.components.schemas[reference.split('/').at(-1)!] ?? {});
    }
    const alternatives = (schema['oneOf'] ?? schema['anyOf'] ?? schema['allOf'] ?? []) as Schema[];
    const own = Object.keys(schema['properties'] ?? {});
    return new Set([...own, ...alternatives.flatMap((part) => [...this.propertiesOf(part)])]);
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

/** Slips of the original, each contradicted by the service's own source or by the document's own examples. */
function corrected(document: OpenApi): OpenApi {
  const { schemas } = document.components;
  const properties = (name: string) => schemas[name]!['properties'] as Record<string, Schema>;

  // The id of a webhook is text.
  for (const kind of ['OAuthClient', 'User', 'EventType']) properties(`${kind}WebhookOutputDto`)['id'] = text;
  // Ids are numbers, also where the document has forgotten the word; and there may be no destination yet.
  properties('DestinationCalendar')['id'] = { type: 'number' };
  properties('ConnectedCalendarsData')['destinationCalendar'] = {
    nullable: true,
    $ref: '#/components/schemas/DestinationCalendar',
  };
  for (const schema of Object.values(schemas)) {
    const isDefault = (schema['properties'] as Record<string, Schema> | undefined)?.['isDefault'];
    if (isDefault?.['type'] === 'object') isDefault['type'] = 'boolean';
    const required = (schema['properties'] as Record<string, Schema> | undefined)?.['required'];
    if (required?.['type'] === 'object') required['type'] = 'boolean';
  }
  // A dry run need not be announced, and `save` answers by sending the browser on.
  const connect = document.paths['/v2/calendars/{calendar}/connect']!['get']!;
  for (const parameter of connect.parameters ?? []) if (parameter.name === 'isDryRun') parameter.required = false;
  document.paths['/v2/calendars/{calendar}/save']!['get']!.responses['301'] = {};
  // Calendars to look into are given in brackets.
  const busyTimes = document.paths['/v2/calendars/busy-times']!['get']!;
  busyTimes.parameters = [
    ...(busyTimes.parameters ?? []).filter(({ name }) => name !== 'credentialId' && name !== 'externalId'),
    { name: 'calendarsToLoad[][credentialId]', in: 'query', schema: { type: 'number' } },
    { name: 'calendarsToLoad[][externalId]', in: 'query', schema: text },
  ];
  // Slots come in the usual envelope, as the examples beside this schema show.
  const slots = document.paths['/v2/slots']!['get']!.responses['200']!.content!['application/json']!;
  const slot = { type: 'object', required: ['start'], properties: { start: text } };
  slots.schema = {
    type: 'object',
    required: ['status', 'data'],
    properties: { data: { type: 'object', additionalProperties: { type: 'array', items: slot } } },
  };
  return document;
}

/** Query values are text on the wire; lists are written with commas. */
function asTyped({ type }: Schema, value: string): unknown {
  if (type === 'number' || type === 'integer') return Number(value);
  if (type === 'boolean') return value === 'true' || (value === 'false' ? false : value);
  return type === 'array' ? value.split(',') : value;
}

/** The operation of a path below the base: a literal segment counts before a parameter. */
function findOperation(method: string, path: string): { template: string; operation: Operation } | null {
  const full = `/v2${path}`;
  const [template] = Object.keys(openApi.paths)
    .filter((candidate) => matches(candidate, full) && method.toLowerCase() in openApi.paths[candidate]!)
    .sort((one, other) => one.split('{').length - other.split('{').length);
  if (template === undefined) return null;
  return { template, operation: openApi.paths[template]![method.toLowerCase()]! };
}

function matches(template: string, path: string): boolean {
  const [expected, given] = [template.split('/'), path.split('/')];
  return (
    expected.length === given.length &&
    expected.every((segment, index) => (segment.startsWith('{') ? given[index] !== '' : segment === given[index]))
  );
}

/**
 * OpenAPI 3.0 in the words of JSON Schema 2020-12. The document says `oneOf` of alternatives that include one another (a
 * recurring booking is also a booking), so one or more is what it can mean.
 */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (!isObject(value)) return value;
  const { nullable, example: _example, examples: _examples, ...rest } = value;
  const schema = Object.fromEntries(
    Object.entries(rest).map(([name, part]) => {
      if (name === '$ref' && typeof part === 'string' && part.startsWith('#/')) return [name, `openapi${part}`];
      return [name === 'oneOf' ? 'anyOf' : name, toJsonSchema(part)];
    }),
  );
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
