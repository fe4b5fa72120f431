import { Injectable, type LoggerService } from '@nestjs/common';
import { PlatformConfig } from '../config/platform.config.js';
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
export class EventLog implements LoggerService {
  constructor(
    private readonly config: Pick<PlatformConfig, 'logFormat' | 'logLevel'>,
    private readonly write: (line: string) => void = (line) => process.stdout.write(line),
  ) {}

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
  error(message: unknown, stackOrContext?: string): void {
    this.emit('error', 'nest', { ...describeError(message), context: stackOrContext?.split('\n')[0] });
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
    this.write(this.config.logFormat === 'json' ? `${JSON.stringify(entry)}\n` : pretty(entry));
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

function stackPosition(error: Error): string | undefined {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
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
  return `${at.slice(11, 23)} ${mark} ${line}\n`;
}
