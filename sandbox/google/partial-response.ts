import { invalidParameter } from './api-error.js';
import { isObject } from './merge.js';

/** A selection of members; `null` takes a member whole. */
interface Selection {
  [name: string]: Selection | null;
}

/** `fields=nextPageToken,items(id,start/dateTime)`: the answer with nothing else in it, `*` standing for any member. */
export function select(answer: unknown, fields: string): unknown {
  return pick(answer, parse(fields));
}

function pick(value: unknown, selection: Selection | null): unknown {
  if (selection === null) return value;
  if (Array.isArray(value)) return value.map((item) => pick(item, selection));
  if (!isObject(value)) return value;
  const any = selection['*'];
  const kept = Object.entries(value).filter(([name]) => name in selection || any !== undefined);
  return Object.fromEntries(kept.map(([name, part]) => [name, pick(part, selection[name] ?? any ?? null)]));
}

function parse(fields: string): Selection {
  const tokens = fields.match(/[A-Za-z0-9_*-]+|[(),/]/g) ?? [];
  if (tokens.join('') !== fields || tokens.length === 0) throw invalidSelection(fields);
  let position = 0;

  const readList = (): Selection => {
    const selection: Selection = {};
    do {
      const name = tokens[position] ?? '';
      if (!/^[A-Za-z0-9_*-]+$/.test(name)) throw invalidSelection(fields);
      position += 1;
      selection[name] = readRest();
    } while (tokens[position] === ',' && (position += 1) > 0);
    return selection;
  };
  const readRest = (): Selection | null => {
    if (tokens[position] === '/') {
      position += 1;
      const name = tokens[position] ?? '';
      if (!/^[A-Za-z0-9_*-]+$/.test(name)) throw invalidSelection(fields);
      position += 1;
      return { [name]: readRest() };
    }
    if (tokens[position] !== '(') return null;
    position += 1;
    const selection = readList();
    if (tokens[position] !== ')') throw invalidSelection(fields);
    position += 1;
    return selection;
  };

  const selection = readList();
  if (position !== tokens.length) throw invalidSelection(fields);
  return selection;
}

function invalidSelection(fields: string) {
  return invalidParameter('fields', `Invalid field selection ${fields}`);
}
