import { badRequest, unsupportedZone } from './graph-error.js';
import type { IdFormat } from './ids.js';
import { findZone } from './zones.js';

/** What a request prefers (contract 5 and 8), and the list of what was heard. */
export interface Preferences {
  /** The name as it was given: answers repeat it. */
  zone: string;
  iana: string;
  bodyType: 'html' | 'text';
  idFormat: IdFormat;
  pageSize: number | null;
  applied: string[];
}

const part = /^([\w.-]+)(?:=(?:"([^"]*)"|([^\s;"]*)))?$/;

export function readPreferences(header: string | string[] | undefined): Preferences {
  const read: Preferences = {
    zone: 'UTC',
    iana: 'Etc/UTC',
    bodyType: 'html',
    idFormat: 'mutable',
    pageSize: null,
    applied: [],
  };
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  for (const piece of text.match(/(?:[^,"]|"[^"]*")+/g) ?? []) {
    const [, name, quoted, bare] = part.exec(piece.trim()) ?? [];
    if (name !== undefined && hear(read, name.toLowerCase(), quoted ?? bare ?? '')) read.applied.push(piece.trim());
  }
  return read;
}

function hear(read: Preferences, name: string, value: string): boolean {
  switch (name) {
    case 'outlook.timezone': {
      const iana = findZone(value);
      if (iana === null) throw unsupportedZone(value);
      read.zone = value;
      read.iana = iana;
      return true;
    }
    case 'outlook.body-content-type':
      if (value !== 'text' && value !== 'html') return false;
      read.bodyType = value;
      return true;
    case 'idtype':
      if (value !== 'ImmutableId') return false;
      read.idFormat = 'immutable';
      return true;
    case 'odata.maxpagesize': {
      const size = Number(value);
      if (!Number.isInteger(size) || size < 1) throw badRequest('The value of odata.maxpagesize is not valid.');
      read.pageSize = size;
      return true;
    }
    default:
      return false;
  }
}
