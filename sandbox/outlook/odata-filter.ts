import { GraphError } from './graph-error.js';

/** Looks up what a filter names: `subject`, `start/dateTime`. Undefined for a property that cannot be filtered. */
export interface Filterable {
  property(path: string): unknown;
  extendedProperties: ReadonlyMap<string, string>;
}

export type Filter = (row: Filterable) => boolean;

const tokenShape = /\s*('(?:[^']|'')*'|[A-Za-z_][\w./@-]*|-?\d[\w:.+-]*|[(),:])/y;
const invalid = (message: string) => new GraphError(400, 'ErrorInvalidUrlQueryFilter', message);

/**
 * As much of `$filter` as events answer to: comparisons, `startswith`, `contains`, `endswith`, `and`, `or`, `not`,
 * brackets, and the search for an extended property (contract 5). What it cannot read is refused.
 */
export function readFilter(text: string): Filter {
  const reader = new FilterReader(tokens(text));
  const filter = reader.disjunction();
  reader.end();
  return filter;
}

/** `id eq '…'`, as an expansion restricts itself. */
export function readIdFilter(text: string): string[] {
  const found = [...text.matchAll(/id eq '((?:[^']|'')*)'/g)].map(([, id]) => (id ?? '').replaceAll("''", "'"));
  const rest = text.replaceAll(/id eq '(?:[^']|'')*'/g, '').replaceAll(/\s|or/g, '');
  if (found.length === 0 || rest !== '') throw invalid(`The filter '${text}' is not supported here.`);
  return found;
}

/** The name in it counts to the letter, the rest of the id and the value do not (contract 5). */
export function isSamePropertyId(one: string, other: string): boolean {
  const split = (id: string) => {
    const at = id.indexOf(' Name ');
    return at === -1 ? [id.toLowerCase(), ''] : [id.slice(0, at).toLowerCase(), id.slice(at)];
  };
  return split(one).join() === split(other).join();
}

class FilterReader {
  #position = 0;

  constructor(private readonly list: string[]) {}

  end(): void {
    if (this.#position < this.list.length) throw invalid(`Syntax error at '${this.list[this.#position]}' in $filter.`);
  }

  disjunction(): Filter {
    const parts = [this.#conjunction()];
    while (this.#takes('or')) parts.push(this.#conjunction());
    return (row) => parts.some((part) => part(row));
  }

  #conjunction(): Filter {
    const parts = [this.#negation()];
    while (this.#takes('and')) parts.push(this.#negation());
    return (row) => parts.every((part) => part(row));
  }

  #negation(): Filter {
    if (!this.#takes('not')) return this.#primary();
    const part = this.#primary();
    return (row) => !part(row);
  }

  #primary(): Filter {
    if (this.#takes('(')) {
      const inner = this.disjunction();
      this.#expect(')');
      return inner;
    }
    const word = this.#next();
    if (/^singleValueExtendedProperties\/any$/i.test(word)) return this.#ofExtendedProperty();
    if (['startswith', 'endswith', 'contains'].includes(word)) return this.#ofText(word);
    return this.#comparison(word);
  }

  #comparison(path: string): Filter {
    const operator = this.#next();
    const wanted = literal(this.#next());
    const holds = comparisons[operator];
    if (!holds) throw invalid(`The operator '${operator}' is not supported in $filter.`);
    return (row) => holds(compare(valueOf(row, path), wanted));
  }

  #ofText(name: string): Filter {
    this.#expect('(');
    const path = this.#next();
    this.#expect(',');
    const wanted = String(literal(this.#next())).toLowerCase();
    this.#expect(')');
    return (row) => {
      const found = valueOf(row, path);
      const value = typeof found === 'string' ? found.toLowerCase() : '';
      if (name === 'startswith') return value.startsWith(wanted);
      return name === 'endswith' ? value.endsWith(wanted) : value.includes(wanted);
    };
  }

  /** `(ep: ep/id eq '…' and ep/value eq '…')` */
  #ofExtendedProperty(): Filter {
    this.#expect('(');
    const variable = this.#next();
    this.#expect(':');
    const wanted = new Map<string, string>();
    do {
      const name = this.#next();
      this.#expect('eq');
      wanted.set(name, String(literal(this.#next())));
    } while (this.#takes('and'));
    this.#expect(')');
    const [id, value] = [wanted.get(`${variable}/id`), wanted.get(`${variable}/value`)];
    if (id === undefined || value === undefined || wanted.size !== 2) {
      throw invalid('A search for an extended property needs its id and its value.');
    }
    return ({ extendedProperties }) =>
      [...extendedProperties].some(
        ([ownId, ownValue]) => isSamePropertyId(ownId, id) && ownValue.toLowerCase() === value.toLowerCase(),
      );
  }

  #next(): string {
    const token = this.list[this.#position];
    if (token === undefined) throw invalid('The $filter ends too early.');
    this.#position += 1;
    return token;
  }

  #takes(token: string): boolean {
    if (this.list[this.#position] !== token) return false;
    this.#position += 1;
    return true;
  }

  #expect(token: string): void {
    const found = this.#next();
    if (found !== token) throw invalid(`Syntax error at '${found}' in $filter, '${token}' expected.`);
  }
}

const comparisons: Record<string, (order: number) => boolean> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

function compare(one: unknown, other: unknown): number {
  if (one === other) return 0;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (one === null || other === null) return Number.NaN;
  const [left, right] = [comparable(one), comparable(other)];
  return left < right ? -1 : Number(left > right);
}

/** Moments are compared without their ticks: `2026-03-10T08:00:00` is `2026-03-10T08:00:00.0000000`. */
function comparable(value: unknown): string {
  return String(value)
    .replace(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?Z?$/, '$1')
    .toLowerCase();
}

function valueOf(row: Filterable, path: string): unknown {
  const value = row.property(path);
  if (value === undefined) throw invalid(`The property '${path}' cannot be filtered.`);
  return value;
}

function literal(token: string): unknown {
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  if (token === 'true' || token === 'false') return token === 'true';
  if (token === 'null') return null;
  if (/^-?\d+$/.test(token)) return Number(token);
  if (/^\d{4}-\d{2}-\d{2}/.test(token)) return token;
  throw invalid(`'${token}' is no value in $filter.`);
}

function tokens(text: string): string[] {
  const found: string[] = [];
  tokenShape.lastIndex = 0;
  while (tokenShape.lastIndex < text.trimEnd().length) {
    const start = tokenShape.lastIndex;
    const token = tokenShape.exec(text)?.[1];
    if (token === undefined) throw invalid(`Syntax error at character ${start} of $filter.`);
    // `ep:` may come as one word with what follows it.
    found.push(token);
  }
  return found;
}
