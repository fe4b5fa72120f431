import { appendFileSync } from 'node:fs';
import { basename, dirname, extname, resolve, sep } from 'node:path';
import { createStream, type RotatingFileStream } from 'rotating-file-stream';

const KEPT_FILES = 7;
/** A disk that is full or gone is tried again after this; until then the lines stand on standard output alone. */
const RETRY_MS = 60_000;
/** A disk that has stopped answering must not fill the memory instead. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024;

/**
 * The log in a file, beside standard output: a new file each day (of UTC, like the times in it), the last seven kept and
 * compressed, readable by nobody else. Nothing about it may harm the application: a line that cannot be written is lost
 * here, and only here.
 *
 * One process, one file: two that rotate the same file would lose each other’s lines.
 */
export class LogFile {
  private static readonly opened = new Map<string, LogFile>();

  /** The same for everybody in this process who names the same file. */
  static at(path: string): LogFile {
    const known = LogFile.opened.get(resolve(path));
    if (known) return known;
    const file = new LogFile(resolve(path));
    LogFile.opened.set(file.path, file);
    return file;
  }

  /** Told when the file cannot be written, once for each time that it is tried. */
  onFailure: (error: unknown) => void = () => undefined;

  private stream: RotatingFileStream | null = null;
  private retryAt = 0;
  private hasEnded = false;

  private constructor(private readonly path: string) {}

  write(line: string): void {
    if (this.hasEnded) return this.appendNow(line);
    if (this.stream === null && performance.now() < this.retryAt) return;
    const stream = (this.stream ??= this.start());
    if (stream.writableLength < MOST_WAITING_BYTES) stream.write(line);
  }

  /** What was written so far is on the disk afterwards. The few lines that a process says at its very end still follow. */
  async end(): Promise<void> {
    this.hasEnded = true;
    const { stream } = this;
    this.stream = null;
    if (stream === null || stream.destroyed) return;
    await new Promise<void>((done) => {
      stream.once('close', done);
      stream.end();
    });
  }

  private start(): RotatingFileStream {
    const extension = extname(this.path);
    const name = basename(this.path, extension);
    const stream = createStream(
      (time, index) => {
        if (!time) return name + extension;
        const day = new Date(time).toISOString().slice(0, 10);
        return `${name}.${day}${index === undefined || index === 1 ? '' : `.${index}`}${extension}.gz`;
      },
      {
        path: dirname(this.path) + sep,
        interval: '1d',
        intervalUTC: true,
        // Named by the day that is in it, also when nobody was running at midnight.
        intervalBoundary: true,
        initialRotation: true,
        maxFiles: KEPT_FILES,
        history: `.${name}.history`,
        compress: 'gzip',
        mode: 0o600,
      },
    );
    const fail = (error: unknown) => {
      if (this.stream !== stream) return;
      this.stream = null;
      this.retryAt = performance.now() + RETRY_MS;
      stream.destroy();
      this.onFailure(error);
    };
    stream.on('error', fail);
    return stream;
  }

  private appendNow(line: string): void {
    try {
      appendFileSync(this.path, line, { mode: 0o600 });
    } catch {
      // Standard output has it.
    }
  }
}
