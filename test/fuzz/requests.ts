import * as fc from 'fast-check';
import type { ApiDescription, Operation, Schema } from './api-description.js';
import { hostileTexts, hostileValues } from './hostile-values.js';
import { exampleOf, valuesOf } from './schema-values.js';

/** How a request goes out; printed as it is when it has found something. */
export interface FuzzRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: unknown;
}

/** A value for each parameter of the path, and for fields that name something: of the caller's own, for instance. */
export type PathValues = Record<string, string>;

/** Requests that fit the description in every respect. */
export function fittingRequests(operation: Operation, api: ApiDescription, own: PathValues): fc.Arbitrary<FuzzRequest> {
  return fc
    .record({
      path: record(pathParameters(operation), ({ name }) =>
        fc.oneof({ arbitrary: fc.constant(own[name] ?? 'google'), weight: 9 }, { arbitrary: fc.uuid(), weight: 1 }),
      ),
      // Cursors are handed out, not made up.
      query: subset(operation, 'query', (schema) => valuesOf(schema, api), ['cursor']),
      headers: subset(operation, 'header', (schema) => valuesOf(schema, api)),
      body: operation.body ? valuesOf(operation.body, api) : fc.constant(undefined),
    })
    .map((parts) => toRequest(operation, parts));
}

/** What a reader of the document would send first. */
export function exampleRequest(operation: Operation, api: ApiDescription, own: PathValues): FuzzRequest {
  const required = operation.parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  return toRequest(operation, {
    path: Object.fromEntries(pathParameters(operation).map(({ name }) => [name, own[name] ?? 'google'])),
    query: Object.fromEntries(required.map(({ name, schema }) => [name, String(exampleOf(schema ?? {}, api))])),
    headers: {},
    body: operation.body && withOwn(exampleOf(operation.body, api), own),
  });
}

/** Requests in which one thing or several are wrong. */
export function brokenRequests(operation: Operation, api: ApiDescription, own: PathValues): fc.Arbitrary<FuzzRequest> {
  return fc
    .record({
      path: record(pathParameters(operation), ({ name }) =>
        fc.oneof(
          { arbitrary: fc.constant(own[name] ?? 'google'), weight: 3 },
          { arbitrary: hostileTexts(), weight: 1 },
          { arbitrary: fc.constantFrom('x'.repeat(513), 'é'.repeat(600), 'a'.repeat(3_000)), weight: 1 },
        ),
      ),
      query: fc
        .tuple(
          subset(operation, 'query', (schema) => fc.oneof(valuesOf(schema, api), hostileTexts())),
          fc.option(fc.tuple(fc.constantFrom('__proto__', 'organization_id', 'limit[]', 'a[b][c]'), hostileTexts())),
        )
        .map(([query, extra]) => (extra ? { ...query, [extra[0]]: extra[1] } : query)),
      headers: subset(operation, 'header', () => hostileTexts()),
      body: operation.body ? brokenBodies(operation.body, api) : fc.constant(undefined),
    })
    .map((parts) => toRequest(operation, parts));
}

function brokenBodies(schema: Schema, api: ApiDescription): fc.Arbitrary<unknown> {
  const names = Object.keys(api.resolve(schema).properties ?? {});
  const fitting = valuesOf(schema, api);
  const spoilt = fc
    .tuple(
      fitting,
      fc.array(fc.tuple(fc.constantFrom(...names, 'organization_id', 'id', 'role', '$where'), hostileValues()), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([body, faults]) => ({ ...(body as object), ...Object.fromEntries(faults) }));
  const lacking = fc
    .tuple(fitting, fc.constantFrom(...names, 'id'))
    .map(([body, name]) => Object.fromEntries(Object.entries(body as object).filter(([key]) => key !== name)));
  return fc.oneof({ arbitrary: spoilt, weight: 4 }, lacking, hostileValues());
}

/** Where an example names something, the caller names something of their own. */
function withOwn(body: unknown, own: PathValues): unknown {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, own[name] ?? (value as unknown)]));
}

function pathParameters({ parameters }: Operation) {
  return parameters.filter((parameter) => parameter.in === 'path');
}

function record<Named extends { name: string }>(
  parameters: readonly Named[],
  valuesFor: (parameter: Named) => fc.Arbitrary<string>,
): fc.Arbitrary<Record<string, string>> {
  return fc.record(Object.fromEntries(parameters.map((parameter) => [parameter.name, valuesFor(parameter)])));
}

function subset(
  { parameters }: Operation,
  place: 'query' | 'header',
  valuesFor: (schema: Schema) => fc.Arbitrary<unknown>,
  without: readonly string[] = [],
): fc.Arbitrary<Record<string, string>> {
  const here = parameters.filter((parameter) => parameter.in === place && !without.includes(parameter.name));
  const texts = here.map(({ name, schema }) => [name, valuesFor(schema ?? {}).map(String)] as const);
  const requiredKeys = here.filter(({ required }) => required).map(({ name }) => name);
  return fc.record(Object.fromEntries(texts), { requiredKeys });
}

interface Parts {
  path: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: unknown;
}

export function toRequest({ method, path: template, body: described }: Operation, parts: Parts): FuzzRequest {
  const path = template.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encoded(parts.path[name] ?? ''));
  const query = Object.entries(parts.query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  const headers = Object.entries(parts.headers).map(([name, value]) => [name.toLowerCase(), headerText(value)]);
  return {
    method,
    path: query.length === 0 ? path : `${path}?${query.join('&')}`,
    headers: Object.fromEntries(headers),
    ...(described && parts.body !== undefined && { body: parts.body }),
  };
}

/** Percent-encoded UTF-8. Half a character goes out as it would from a careless client: as the bytes of that half. */
function encoded(text: string): string {
  return [...text]
    .map((character) => {
      if (character.isWellFormed()) return encodeURIComponent(character);
      const unit = character.charCodeAt(0);
      return [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]
        .map((byte) => `%${byte.toString(16)}`)
        .join('');
    })
    .join('');
}

/** What Node agrees to send in a header at all; what it does not is the matter of the raw sockets. */
function headerText(value: string): string {
  return value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 8_000);
}
