import type { Entry } from './entries.js';
import { badRequest, GraphError } from './graph-error.js';
import { type Filterable, isSamePropertyId, readFilter, readIdFilter } from './odata-filter.js';
import type { Preferences } from './preferences.js';
import type { Settings } from './settings.js';
import type { Wire, WireObject } from './wire.js';
import { findOccurrence } from './entries.js';
import { idOf } from './mailbox.js';

export type QueryName = '$top' | '$skip' | '$count' | '$select' | '$orderby' | '$filter' | '$expand';

const listNames: readonly QueryName[] = ['$top', '$skip', '$count', '$select', '$orderby', '$filter', '$expand'];
/** Fields Exchange does not keep for the occurrences it computes (contract 5). */
const notInViews = new Set(['createdDateTime', 'lastModifiedDateTime']);
const invalidQuery = (message: string) => new GraphError(400, 'ErrorInvalidUrlQuery', message);

export interface Shape {
  select: string[] | null;
  /** Null: not expanded. */
  extendedProperties: string[] | null;
  exceptions: boolean;
}

/** What `$select` and `$expand` ask of one event. */
export function readShape(query: URLSearchParams, isView = false): Shape {
  const select =
    query
      .get('$select')
      ?.split(',')
      .map((name) => name.trim()) ?? null;
  for (const name of select ?? []) {
    if (isView && notInViews.has(name))
      throw invalidQuery(`The property '${name}' cannot be selected in a calendar view.`);
  }
  const shape: Shape = { select, extendedProperties: null, exceptions: false };
  for (const part of splitOutside(query.get('$expand') ?? '')) expandWith(shape, part);
  return shape;
}

export function checkQueryNames(query: URLSearchParams, allowed: readonly QueryName[] = listNames): void {
  for (const name of query.keys()) {
    if (name.startsWith('$') && !(allowed as readonly string[]).includes(name)) {
      throw invalidQuery(`The query parameter '${name}' is not supported here.`);
    }
    if (query.getAll(name).length > 1) throw invalidQuery(`The query parameter '${name}' is given more than once.`);
  }
}

/** Events as the caller shapes them. */
export class EventShapes {
  constructor(private readonly wire: Wire) {}

  one(entry: Entry, preferences: Preferences, shape: Shape): WireObject {
    const whole = this.wire.event(entry, preferences);
    const { item, type, content } = entry;
    const added: WireObject = {};
    if (shape.extendedProperties !== null) {
      const wanted = shape.extendedProperties;
      const found = [...content.extendedProperties]
        .filter(([id]) => wanted.some((other) => isSamePropertyId(id, other)))
        .map(([id, value]) => ({ id, value }));
      if (found.length > 0) added['singleValueExtendedProperties'] = found;
    }
    if (type === 'seriesMaster' && item.series) {
      const { cancelled, exceptions } = item.series;
      if (shape.select?.includes('cancelledOccurrences')) {
        added['cancelledOccurrences'] = [...cancelled].map((date) => idOf({ item, date }, preferences.idFormat));
      }
      if (shape.exceptions) {
        added['exceptionOccurrences'] = [...exceptions.keys()]
          .map((date) => findOccurrence(item, date))
          .filter((found) => found !== null)
          .map((found) => this.wire.event(found, preferences));
      }
    }
    return { ...selected(whole, shape.select), ...added };
  }
}

/** One page of a list, and where the next one is. */
export function pageOf(
  entries: Entry[],
  query: URLSearchParams,
  preferences: Preferences,
  settings: Settings,
  wire: Wire,
): { page: Entry[]; total: number; nextSkip: number | null } {
  const filter = query.get('$filter');
  const rows = entries.map((entry) => ({ entry, row: lazyRow(entry, preferences, wire) }));
  const kept = filter === null ? rows : rows.filter(({ row }) => readFilter(filter)(row));
  const ordered = query.has('$orderby') ? orderBy(kept, query.get('$orderby') ?? '') : kept;
  const top = readCount(query, '$top');
  const skip = readCount(query, '$skip') ?? 0;
  if (top !== null && (top < 1 || top > settings.largest_page_size))
    throw badRequest('The value of $top is not valid.');
  const size = Math.min(top ?? preferences.pageSize ?? settings.default_page_size, settings.largest_page_size);
  const page = ordered.slice(skip, skip + size).map(({ entry }) => entry);
  const nextSkip = skip + size < ordered.length ? skip + size : null;
  return { page, total: ordered.length, nextSkip };
}

export function selected(whole: WireObject, select: string[] | null): WireObject {
  if (select === null) return whole;
  const kept = Object.entries(whole).filter(
    ([name]) => name === 'id' || name.startsWith('@odata.') || select.includes(name),
  );
  return Object.fromEntries(kept);
}

function expandWith(shape: Shape, part: string): void {
  if (part === '') return;
  const properties = /^singleValueExtendedProperties\(\$filter=(.+)\)$/.exec(part)?.[1];
  if (properties !== undefined) shape.extendedProperties = readIdFilter(properties);
  else if (part === 'exceptionOccurrences') shape.exceptions = true;
  else throw invalidQuery(`The expansion '${part}' is not supported.`);
}

function orderBy<R extends { row: Filterable }>(rows: R[], text: string): R[] {
  const keys = text.split(',').map((part) => {
    const [path = '', direction = 'asc', ...more] = part.trim().split(/\s+/);
    if (!['asc', 'desc'].includes(direction) || more.length > 0) throw invalidQuery(`'${part}' is no order.`);
    return { path, sign: direction === 'asc' ? 1 : -1 };
  });
  const valueIn = (row: Filterable, path: string) => {
    const value = row.property(path);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
      throw invalidQuery(`The property '${path}' cannot be ordered by.`);
    }
    return String(value);
  };
  return rows.toSorted((one, other) => {
    for (const { path, sign } of keys) {
      const [left, right] = [valueIn(one.row, path), valueIn(other.row, path)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  });
}

function lazyRow(entry: Entry, preferences: Preferences, wire: Wire): Filterable {
  let shown: WireObject | null = null;
  const property = (path: string) => {
    // Filters speak of moments in UTC, whatever zone the answer is in.
    shown ??= wire.event(entry, { ...preferences, zone: 'UTC', iana: 'Etc/UTC' });
    return path.split('/').reduce<unknown>((value, name) => (value as WireObject | undefined)?.[name], shown);
  };
  return { property, extendedProperties: entry.content.extendedProperties };
}

function readCount(query: URLSearchParams, name: '$top' | '$skip'): number | null {
  const text = query.get(name);
  if (text === null) return null;
  if (!/^\d{1,6}$/.test(text)) throw badRequest(`The value of ${name} is not valid.`);
  return Number(text);
}

/** Splits at the commas that stand in no brackets. */
function splitOutside(text: string): string[] {
  return (text.match(/(?:[^,(]|\([^)]*(?:\([^)]*\)[^)]*)*\))+/g) ?? []).map((part) => part.trim());
}
