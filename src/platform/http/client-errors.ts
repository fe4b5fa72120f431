import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { requestHeadersTooLarge, requestTooSlow, requestUnreadable } from '../errors/platform.problems.js';
import type { ProblemDefinition } from '../errors/problem.js';
import { STATUS_OF } from '../errors/problem-status.js';
import { BARE_HEADERS } from './bare-headers.js';

/**
 * Answers what Node could not read as HTTP, or did not get in time. There is no request then, so there is neither a
 * language nor an id to answer with; and whatever follows on the connection cannot be trusted to begin a new request.
 */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  // What was already being answered is cut off: a second status line in its middle would be taken for its content.
  if (socket.writable && !isAnswering(socket)) socket.write(answerTo(definitionOf(error)));
  socket.destroy(error);
}

function definitionOf({ code }: NodeJS.ErrnoException): ProblemDefinition {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return requestTooSlow;
  return code === 'HPE_HEADER_OVERFLOW' ? requestHeadersTooLarge : requestUnreadable;
}

function answerTo({ code, kind, title }: ProblemDefinition): string {
  const status = STATUS_OF[kind];
  const type = `urn:passerelle:problem:${code}`;
  const body = JSON.stringify({ type, title: title.fr, status, code, success: false, message: title.fr });
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(BARE_HEADERS).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
    '',
    body,
  ].join('\r\n');
}

/** As Node's own handler asks; there is no public word for it. */
function isAnswering(socket: Socket & { _httpMessage?: { headersSent: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent ?? false;
}
