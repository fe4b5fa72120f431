import { Injectable, type LoggerService, type OnApplicationShutdown } from '@nestjs/common';
import { PlatformConfig } from '../config/platform.config.js';
import { LogFile } from './log-file.js';
import { requestContext } from './request-context.js';

/** Only names, ids, counts and codes: a value that could be a secret or a person's is not a log field. */
export type LogFields = Record<string, string | number | boolean | null | undefined | readonly string[]>;

type Level = 'error' | 'warn' | 'log' | 'debug';

const RANK: Record<Level, number> = { error: 0, warn: 1, log: 2, debug: 3 };

/**
 * Structured events: one line each, `event` a stable dotted name such as `calendly.connected`. Also serves as Nest's
 * own logger. Errors are logged by class, code and stack position; their messages are not, because a driver's message
 * may quote the row it refused.
 */
@Injectable()
export class EventLog implements LoggerService, OnApplicationShutdown {
  private readonly file: LogFile | null;

  constructor(
    private readonly config: Pick<PlatformConfig, 'logFormat' | 'logLevel'> & Partial<Pick<PlatformConfig, 'logFile'>>,
    private readonly write: (line: string) => void = (line) => process.stdout.write(line),
  ) {
    this.file = config.logFile === undefined ? null : LogFile.at(config.logFile);
    if (this.file) this.file.onFailure = (error) => this.failure('log.file_failed', error);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.file?.end();
  }

  event(name: string, fields: LogFields = {}): void {
    this.emit('log', name, fields);
  }

  warning(name: string, fields: LogFields = {}): void {
    this.emit('warn', name, fields);
  }

  failure(name: string, error: unknown, fields: LogFields = {}): void {
    this.emit('error', name, { ...fields, ...describeError(error) });
  }

  detail(name: string, fields: LogFields = {}): void {
    this.emit('debug', name, fields);
  }

  // Nest's own messages: its texts are fixed words about modules and routes.
  log(message: unknown, context?: string): void {
    this.emit('debug', 'nest', { context, text: String(message) });
  }
  warn(message: unknown, context?: string): void {
    this.emit('warn', 'nest', { context, text: String(message) });
  }
  /** After the message come a stack, a context, or both; the stack is passed over, because it begins with the message. */
  error(message: unknown, ...about: unknown[]): void {
    const context = about.find((part): part is string => typeof part === 'string' && /^\w{1,60}$/.test(part));
    this.emit('error', 'nest', { ...describeError(message), context });
  }
  debug(message: unknown, context?: string): void {
    this.emit('debug', 'nest', { context, text: String(message) });
  }

  private emit(level: Level, event: string, fields: LogFields): void {
    if (RANK[level] > RANK[this.config.logLevel]) return;
    const requestId = requestContext.get()?.requestId;
    const entry = {
      at: new Date().toISOString(),
      level,
      event,
      ...(requestId && { request_id: requestId }),
      ...fields,
    };
    const line = `${escapeBreaks(this.config.logFormat === 'json' ? JSON.stringify(entry) : pretty(entry))}\n`;
    this.write(line);
    this.file?.write(line);
  }
}

/** What may be said of an error: what it is and where it came from, never what it quotes. */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = (error as { code?: unknown }).code;
  const definition = (error as { definition?: { code: string } }).definition;
  const cause = error.cause instanceof Error ? describeError(error.cause) : undefined;
  return {
    error: error.name,
    error_code: definition?.code ?? (typeof code === 'string' ? code : undefined),
    error_at: stackPosition(error),
    ...(cause && { cause: cause['error'], cause_code: cause['error_code'], cause_at: cause['error_at'] }),
  };
}

function stackPosition({ message, stack = '' }: Error): string | undefined {
  // A stack begins with the message, which may have lines of its own that look like a position.
  const start = stack.indexOf(message);
  const trace = start < 0 ? '' : stack.slice(start + message.length);
  const frames = trace.split('\n').filter((line) => /^\s+at /.test(line));
  const own = frames.find((line) => !line.includes('node_modules') && !line.includes('node:'));
  return (own ?? frames[0])?.trim().replace(/^at /, '');
}

function pretty({ at, level, event, ...fields }: LogFields & { at: string; level: Level; event: string }): string {
  const mark = { error: '✖', warn: '!', log: '·', debug: ' ' }[level];
  const rest = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}=${String(value)}`);
  // JSON's escapes keep a line one line whatever a name contains.
  const line = JSON.stringify([event, ...rest].join('  '))
    .slice(1, -1)
    .replaceAll('\\"', '"');
  return `${at.slice(11, 23)} ${mark} ${line}`;
}

/** JSON leaves alone what some readers and terminals take for the end of a line, or for an order. */
function escapeBreaks(line: string): string {
  return line.replaceAll(
    /[\u007f-\u009f\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
