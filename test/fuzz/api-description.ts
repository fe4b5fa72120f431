import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  example?: unknown;
  format?: string;
  [keyword: string]: unknown;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema?: Schema;
}

interface Content {
  schema?: Schema;
}

interface Described {
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, Content> };
  responses: Record<string, { content?: Record<string, Content> }>;
  security?: Record<string, string[]>[];
}

export interface Operation {
  /** As it is listed: "PATCH /api/prospects/{id}". */
  readonly name: string;
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Of a JSON body, where one is described. */
  readonly body: Schema | undefined;
  readonly responses: Described['responses'];
  readonly isPublic: boolean;
}

interface OpenApi {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
}

/** What /openapi.json says, in the form in which the tests ask. */
export class ApiDescription {
  readonly operations: readonly Operation[];
  private readonly validators = new Map<Schema, ValidateFunction>();
  private readonly ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));

  constructor(private readonly api: OpenApi) {
    this.operations = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) => toOperation(method.toUpperCase(), path, described)),
    );
  }

  get paths(): string[] {
    return Object.keys(this.api.paths);
  }

  /** The methods that are described for a path, and HEAD where there is GET. */
  methodsOf(path: string): string[] {
    const described = Object.keys(this.api.paths[path] ?? {}).map((method) => method.toUpperCase());
    return [...new Set([...described, ...(described.includes('GET') ? ['HEAD'] : [])])].toSorted();
  }

  /** Of all paths that an address can be read as. */
  methodsOfAddress(address: string): string[] {
    return this.paths.filter((path) => patternOf(path).test(address)).flatMap((path) => this.methodsOf(path));
  }

  resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const name = schema.$ref.replace('#/components/schemas/', '');
    const found = this.api.components.schemas[name];
    if (!found) throw new Error(`${schema.$ref} leads nowhere`);
    return this.resolve(found);
  }

  /** What is wrong with a value; fields that are not described are wrong as well. */
  faultsOf(schema: Schema, value: unknown): string[] {
    const validate = this.validatorOf(schema);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    );
  }

  private validatorOf(schema: Schema): ValidateFunction {
    const known = this.validators.get(schema);
    if (known) return known;
    const made = this.ajv.compile(JSON.parse(JSON.stringify({ ...schema, components: this.api.components }, close)));
    this.validators.set(schema, made);
    return made;
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

/** A field that is not described is a field nobody can rely on. */
function close(_key: string, node: Schema): Schema {
  const isObject = node?.type === 'object' && node.properties !== undefined;
  return isObject && !('additionalProperties' in node) ? { ...node, additionalProperties: false } : node;
}

function toOperation(method: string, path: string, described: Described): Operation {
  return {
    name: `${method} ${path}`,
    method,
    path,
    parameters: described.parameters ?? [],
    body: described.requestBody?.content?.['application/json']?.schema,
    responses: described.responses,
    isPublic: !described.security?.some((scheme) => 'bearer' in scheme),
  };
}
