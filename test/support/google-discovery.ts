import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

type Schema = Record<string, unknown>;

/** A schema in the dialect of discovery documents. */
interface Described {
  type?: string;
  format?: string;
  $ref?: string;
  enum?: string[];
  items?: Described;
  properties?: Record<string, Described>;
  additionalProperties?: Described;
  /** Methods whose request must have the member. */
  annotations?: { required?: string[] };
}

interface DescribedParameter extends Described {
  location: 'path' | 'query';
  required?: boolean;
  repeated?: boolean;
  minimum?: string;
  maximum?: string;
}

export interface DescribedMethod {
  id: string;
  httpMethod: string;
  path: string;
  parameters?: Record<string, DescribedParameter>;
  request?: { $ref: string };
  response?: { $ref: string };
  scopes?: string[];
}

interface Resource {
  methods?: Record<string, DescribedMethod>;
  resources?: Record<string, Resource>;
}

interface Document extends Resource {
  parameters: Record<string, DescribedParameter>;
  schemas: Record<string, Described>;
}

/** A request as it went over the wire. */
export interface SentRequest {
  method: string;
  /** Below the API's base, encoded as it was sent. */
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

const file = new URL('../contract/specs/google-calendar-v3.discovery.json', import.meta.url);
const document = JSON.parse(readFileSync(file, 'utf8')) as Document;

/** Not in the document, which leaves errors out: the envelope as the contract has it. */
const errorEnvelope: Schema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'errors'],
      properties: {
        code: { type: 'integer' },
        message: { type: 'string' },
        status: { type: 'string' },
        errors: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            required: ['domain', 'reason', 'message'],
            properties: Object.fromEntries(
              ['domain', 'reason', 'message', 'locationType', 'location'].map((name) => [name, { type: 'string' }]),
            ),
            additionalProperties: false,
          },
        },
      },
      additionalProperties: false,
    },
  },
  additionalProperties: false,
};

/**
 * What the discovery document of Google Calendar allows. It has no answers but the good ones, and says of no member of an
 * answer that it must be there; what it does not name is a fault, in requests and in answers.
 */
export class GoogleDiscovery {
  readonly methods = methodsOf(document);
  private readonly compiled = new Map<string, ValidateFunction>();

  /** What is wrong with an answer, in sentences; nothing when it is as documented. */
  findAnswerFaults(method: string, path: string, status: number, body: unknown): string[] {
    const found = this.findMethod(method, path);
    if (!found) return [`${method} ${path} is not documented`];
    if (status >= 400) return this.validate('error', () => errorEnvelope, body);
    if (!found.response || status === 304) return body === undefined ? [] : [`${found.id} answers with a body`];
    const { $ref: name } = found.response;
    return this.validate(`answer ${name}`, () => translated(name, { isNullable: false, methodId: null }), body);
  }

  /** What is wrong with a request. Any parameter and any member that is not documented is. */
  findRequestFaults(request: SentRequest): string[] {
    const { method, path, query, headers } = request;
    const found = this.findMethod(method, path);
    if (!found) return [`${method} ${path} is not documented`];
    const bearer = String(headers['authorization'] ?? '');
    return [
      ...(/^Bearer [\x21-\x7e]+$/.test(bearer) ? [] : ['the authorization is not a bearer token']),
      ...findQueryFaults(found, query),
      ...this.findBodyFaults(found, headers, request.body),
    ];
  }

  /** A word in the path counts before a parameter, as in `events/import`. */
  findMethod(httpMethod: string, path: string): DescribedMethod | null {
    const given = (path.split('?')[0] ?? '').replace(/^\//, '').split('/');
    const matching = this.methods
      .filter((method) => method.httpMethod === httpMethod && matches(method.path.split('/'), given))
      .sort((one, other) => one.path.split('{').length - other.path.split('{').length);
    return matching[0] ?? null;
  }

  private findBodyFaults(method: DescribedMethod, headers: SentRequest['headers'], body: string): string[] {
    if (!method.request) return body === '' ? [] : [`${method.id} takes no body`];
    if (body === '') return [`${method.id} takes a body`];
    if (!String(headers['content-type'] ?? '').startsWith('application/json')) return ['the body is not sent as JSON'];
    const { $ref: name } = method.request;
    // Where a request changes part of a resource, null takes a member away.
    const isNullable = method.httpMethod === 'PATCH';
    const { id: methodId } = method;
    return this.validate(`request ${methodId}`, () => translated(name, { isNullable, methodId }), JSON.parse(body));
  }

  private validate(key: string, toSchema: () => Schema, value: unknown): string[] {
    const validator = this.compiled.get(key) ?? compile(toSchema());
    this.compiled.set(key, validator);
    if (validator(value)) return [];
    return (validator.errors ?? []).map(({ instancePath, message, params }) =>
      `${instancePath || 'the body'} ${message ?? 'is wrong'} ${JSON.stringify(params)}`.trim(),
    );
  }
}

interface Translation {
  isNullable: boolean;
  /** Whose required members count; null: nobody's. */
  methodId: string | null;
}

function compile(schema: Schema): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  formats.default(ajv);
  return ajv.compile(schema);
}

/** The document's schemas as JSON Schema: closed objects, and references to definitions of its own. */
function translated(name: string, how: Translation): Schema {
  const definitions = Object.entries(document.schemas).map(([key, value]) => [key, toJsonSchema(value, how)]);
  const written = how.methodId === null ? {} : { EventDateTime: timeInRequest(how) };
  return { $ref: `#/$defs/${name}`, $defs: { ...Object.fromEntries(definitions), ...written } };
}

/** Its description allows what its format does not: no offset, if there is a zone. A change may leave the zone as it is. */
function timeInRequest(how: Translation): Schema {
  const time = toJsonSchema(document.schemas['EventDateTime'] ?? {}, { ...how, isNullable: false });
  const properties = { ...(time['properties'] as Schema) };
  const local = { type: 'string', format: 'iso-date-time' };
  properties['dateTime'] = how.isNullable ? { anyOf: [local, { type: 'null' }] } : local;
  if (how.isNullable) return { anyOf: [{ ...time, properties }, { type: 'null' }] };
  const isAnchored = { anyOf: [{ properties: { dateTime: { format: 'date-time' } } }, { required: ['timeZone'] }] };
  return { ...time, properties, ...isAnchored };
}

function toJsonSchema(described: Described, how: Translation): Schema {
  const schema = toOwnSchema(described, how);
  return how.isNullable ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function toOwnSchema(described: Described, how: Translation): Schema {
  const { type, format, $ref: reference, items, properties, additionalProperties } = described;
  if (reference !== undefined) return { $ref: `#/$defs/${reference}` };
  if (type === 'any') return {};
  if (type === 'array') return { type, items: items ? toJsonSchema(items, { ...how, isNullable: false }) : {} };
  if (type === 'object') {
    const members = Object.entries(properties ?? {});
    const required = members.filter(([, member]) => member.annotations?.required?.includes(how.methodId ?? ''));
    return {
      type,
      properties: Object.fromEntries(members.map(([name, member]) => [name, toJsonSchema(member, how)])),
      required: required.map(([name]) => name),
      additionalProperties: additionalProperties ? toJsonSchema(additionalProperties, how) : false,
    };
  }
  // 64 bits do not fit into a number: such integers travel as text.
  if (format === 'int64') return { type: 'string', pattern: '^-?[0-9]+$' };
  const isDated = format === 'date' || format === 'date-time';
  return { type, ...(described.enum && { enum: described.enum }), ...(isDated && { format }) };
}

function findQueryFaults(method: DescribedMethod, query: URLSearchParams): string[] {
  const known = Object.entries({ ...document.parameters, ...method.parameters }).filter(
    ([, { location }]) => location === 'query',
  );
  const byName = new Map(known);
  const unknown = [...new Set(query.keys())].filter((name) => !byName.has(name));
  const missing = known.filter(([name, { required }]) => required && !query.has(name));
  return [
    ...unknown.map((name) => `${method.id} has no parameter ${name}`),
    ...missing.map(([name]) => `${method.id} needs the parameter ${name}`),
    ...known.flatMap(([name, parameter]) => findValueFaults(name, parameter, query.getAll(name))),
  ];
}

function findValueFaults(name: string, parameter: DescribedParameter, values: string[]): string[] {
  const { type, enum: words, repeated, minimum, maximum } = parameter;
  const isGood = (value: string) => {
    if (type === 'boolean') return value === 'true' || value === 'false';
    if (type !== 'integer') return words === undefined || words.includes(value);
    return (
      /^-?\d+$/.test(value) &&
      Number(value) >= Number(minimum ?? -Infinity) &&
      Number(value) <= Number(maximum ?? Infinity)
    );
  };
  return [
    ...(values.length > 1 && repeated !== true ? [`the parameter ${name} is repeated`] : []),
    ...values.filter((value) => !isGood(value)).map((value) => `the parameter ${name} cannot be ${value}`),
  ];
}

function methodsOf(resource: Resource): DescribedMethod[] {
  const own = Object.values(resource.methods ?? {});
  return [...own, ...Object.values(resource.resources ?? {}).flatMap(methodsOf)];
}

function matches(template: string[], given: string[]): boolean {
  return (
    template.length === given.length &&
    template.every((segment, index) => (segment.startsWith('{') ? given[index] !== '' : segment === given[index]))
  );
}
