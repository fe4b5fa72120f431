import * as fc from 'fast-check';
import type { ApiDescription, Schema } from './api-description.js';

/** Say nothing about which values are meant. */
const ANNOTATIONS = ['description', 'title', 'default', 'deprecated', 'readOnly', 'writeOnly'];

const UNDERSTOOD: ReadonlySet<string> = new Set(
  [
    ANNOTATIONS,
    ['$ref', 'type', 'enum', 'example', 'format', 'properties', 'required', 'additionalProperties', 'items'],
    ['minItems', 'maxItems', 'uniqueItems', 'minLength', 'maxLength', 'minimum', 'maximum', 'anyOf', 'oneOf', 'allOf'],
  ].flat(),
);

const INSTANTS = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

const FORMATS: Record<string, fc.Arbitrary<string>> = {
  uuid: fc.uuid(),
  'date-time': INSTANTS,
  date: INSTANTS.map((instant) => instant.slice(0, 10)),
  // Nobody's: names that can never be registered.
  email: fc.stringMatching(/^[a-z]{1,20}@[a-z]{1,10}\.example$/),
  uri: fc.stringMatching(/^https:\/\/[a-z]{1,10}\.example\/[a-z]{0,10}$/),
  password: fc.string({ minLength: 12, maxLength: 40 }),
};

/** Values that fit a schema: its own example often, for what a schema cannot say, and everything else it allows. */
export function valuesOf(schema: Schema, api: ApiDescription): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return valuesOf(api.resolve(schema), api);
  const unknown = Object.keys(schema).filter((keyword) => !UNDERSTOOD.has(keyword));
  if (unknown.length > 0) throw new Error(`Values of schemas with ${unknown.join(', ')} cannot be made yet`);
  const made = madeOf(schema, api);
  if (!('example' in schema) || api.faultsOf(schema, schema.example).length > 0) return made;
  return fc.oneof({ arbitrary: fc.constant(schema.example), weight: 6 }, { arbitrary: made, weight: 1 });
}

function madeOf(schema: Schema, api: ApiDescription): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(choice, api)));
  const parts = schema['allOf'] as Schema[] | undefined;
  if (parts?.length === 1) return valuesOf(parts[0]!, api);
  if (parts) throw new Error('Values that fit several schemas at once cannot be made yet');
  const types = [schema.type ?? 'string'].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema, api)));
}

function ofType(type: string, schema: Schema, api: ApiDescription): fc.Arbitrary<unknown> {
  const limit = (keyword: string, otherwise: number) => (schema[keyword] as number | undefined) ?? otherwise;
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: limit('minimum', -1_000_000), max: limit('maximum', 1_000_000) });
    case 'number': {
      const [min, max] = [limit('minimum', -1_000_000), limit('maximum', 1_000_000)];
      return fc.oneof(
        { arbitrary: fc.integer({ min, max }), weight: 3 },
        { arbitrary: fc.double({ min, max, noNaN: true }), weight: 1 },
      );
    }
    case 'string': {
      const formatted = FORMATS[schema.format ?? ''];
      if (schema.format !== undefined && !formatted) throw new Error(`The format ${schema.format} is unknown`);
      const [minLength, maxLength] = [limit('minLength', 0), limit('maxLength', 300)];
      return formatted ?? fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 300) });
    }
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, api), {
        minLength: limit('minItems', 0),
        maxLength: Math.min(limit('maxItems', 4), 4),
      });
    case 'object':
      return objects(schema, api);
    default:
      throw new Error(`The type ${type} is unknown`);
  }
}

function objects(schema: Schema, api: ApiDescription): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {}).map(
    ([name, property]) => [name, valuesOf(property, api)] as const,
  );
  if (properties.length === 0) return fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue({ maxDepth: 2 }));
  return fc.record(Object.fromEntries(properties), { requiredKeys: schema.required ?? [] });
}

/** The value that a reader of the document would try first: its examples, and of the rest only what must be there. */
export function exampleOf(schema: Schema, api: ApiDescription, seed = 1): unknown {
  if (schema.$ref !== undefined) return exampleOf(api.resolve(schema), api, seed);
  if ('example' in schema) return schema.example;
  if (schema.type !== 'object' || !schema.properties) return fc.sample(madeOf(schema, api), { numRuns: 1, seed })[0];
  const required = Object.entries(schema.properties).filter(([name]) => schema.required?.includes(name));
  return Object.fromEntries(required.map(([name, property]) => [name, exampleOf(property, api, seed)]));
}
