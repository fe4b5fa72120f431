import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventLog } from './event-log.js';
import { LogFile } from './log-file.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

describe('the log in a file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'passerelle-log-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('holds the same lines as standard output', async () => {
    const path = join(folder, 'logs', 'app.log');
    const written: string[] = [];
    const log = new EventLog({ logFormat: 'json', logLevel: 'log', logFile: path }, (line) => written.push(line));
    log.event('one.thing', { count: 1 });
    log.event('another.thing', { name: 'a\nb' });
    log.detail('not.shown');
    await log.onApplicationShutdown();
    expect(readFileSync(path, 'utf8')).toBe(written.join(''));
    expect(written).toHaveLength(2);
  });

  // Windows knows no such modes: who may read is said by the folder there.
  (process.platform === 'win32' ? it.skip : it)('is a file for nobody else', async () => {
    const path = join(folder, 'app.log');
    const file = LogFile.at(path);
    file.write('a line\n');
    await file.end();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is one file for all logs of a process, and takes the last words after its end', async () => {
    const path = join(folder, 'app.log');
    const [one, other] = [1, 2].map(() => new EventLog({ logFormat: 'json', logLevel: 'log', logFile: path }, () => 0));
    one!.event('from.one');
    other!.event('from.other');
    await one!.onApplicationShutdown();
    other!.event('app.stopped');
    const events = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).event);
    expect(events).toEqual(['from.one', 'from.other', 'app.stopped']);
  });

  it('puts a former day away, compressed and under its date, when it is opened', async () => {
    const path = join(folder, 'app.log');
    writeFileSync(path, 'yesterday\n');
    const yesterday = new Date(Date.now() - DAY_MS);
    utimesSync(path, yesterday, yesterday);
    const file = LogFile.at(path);
    file.write('today\n');
    await file.end();
    expect(readFileSync(path, 'utf8')).toBe('today\n');
    const kept = join(folder, `app.${yesterday.toISOString().slice(0, 10)}.log.gz`);
    expect(gunzipSync(readFileSync(kept)).toString()).toBe('yesterday\n');
  });

  it('keeps seven of them', async () => {
    for (let age = 10; age > 0; age -= 1) {
      const path = join(folder, 'app.log');
      writeFileSync(path, `${age} days ago\n`);
      const then = new Date(Date.now() - age * DAY_MS);
      utimesSync(path, then, then);
      // Each day is another process.
      const file = Reflect.construct(LogFile, [path]) as LogFile;
      file.write('now\n');
      await file.end();
    }
    const kept = readdirSync(folder).filter((name) => name.endsWith('.gz'));
    expect(kept).toHaveLength(7);
    const days = kept.map(
      (name) =>
        gunzipSync(readFileSync(join(folder, name)))
          .toString()
          .split(' ')[0],
    );
    expect(days.map(Number).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('says on standard output that it cannot be written, once, and harms nothing', async () => {
    const path = join(folder, 'app.log', 'app.log');
    writeFileSync(join(folder, 'app.log'), 'a file where a folder should be');
    const written: string[] = [];
    const log = new EventLog({ logFormat: 'json', logLevel: 'log', logFile: path }, (line) => written.push(line));
    log.event('one.thing');
    await new Promise<void>((seen) => {
      const look = () => (written.length > 1 ? seen() : setImmediate(look));
      look();
    });
    log.event('another.thing');
    log.event('a.third');
    await log.onApplicationShutdown();
    expect(written.map((line) => JSON.parse(line).event)).toEqual([
      'one.thing',
      'log.file_failed',
      'another.thing',
      'a.third',
    ]);
  });
});
