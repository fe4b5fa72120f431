import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Injectable } from '@nestjs/common';
import { sha256 } from '../crypto/hashing.js';

export interface PageFile {
  readonly type: string;
  readonly content: Buffer;
  /** The same for as long as the content is. */
  readonly tag: string;
}

// Beside this file in the sources; `assets` in nest-cli.json takes them along into the build.
const PAGE = new URL('./page/', import.meta.url);
const SOCKET_IO = pathToFileURL(createRequire(import.meta.url).resolve('socket.io/package.json'));

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

/** Everything a browser may have, by the name it asks for. No name is ever made into a path. */
const FILES: ReadonlyMap<string, { readonly place: URL; readonly type: string }> = new Map([
  ['index.html', { place: new URL('index.html', PAGE), type: HTML }],
  ['callback.html', { place: new URL('callback.html', PAGE), type: HTML }],
  ['style.css', { place: new URL('style.css', PAGE), type: STYLE }],
  ...['app', 'callback', 'connection', 'elements', 'live', 'notifications', 'prospects', 'session', 'words'].map(
    (name) => [`${name}.js`, { place: new URL(`${name}.js`, PAGE), type: SCRIPT }] as const,
  ),
  ['socket.io.js', { place: new URL('client-dist/socket.io.esm.min.js', SOCKET_IO), type: SCRIPT }],
]);

/** The files of the trial page, read when they are asked for: an edit shows when the page is loaded again. */
@Injectable()
export class PageFiles {
  async find(name: string): Promise<PageFile | null> {
    const file = FILES.get(name);
    if (file === undefined) return null;
    const content = await readFile(file.place);
    return { type: file.type, content, tag: `"${sha256(content).toString('base64url')}"` };
  }
}
