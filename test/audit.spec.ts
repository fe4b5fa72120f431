import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { REPOSITORY } from './support/source-file.js';

const BULK = '/-/npm/v1/security/advisories/bulk';

let registry: Server | undefined;
let asked: Record<string, string[]> = {};

afterEach(() => new Promise<void>((resolve) => void registry?.close(() => resolve())));

describe('npm run audit', () => {
  it('asks about what ships, and says when nothing is known against it', async () => {
    expect(await audit(200, {})).toEqual({ code: 0, text: expect.stringContaining('Nothing is known') });

    const { dependencies } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
    expect(Object.keys(asked)).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    expect(Object.keys(asked)).not.toContain('prettier');
  });

  it('fails for what is known, with the time that is promised for it', async () => {
    const advisory = { id: 1, url: 'https://advisories.example/1', title: 'A hole', severity: 'critical' };
    const { code, text } = await audit(200, {
      luxon: [{ ...advisory, vulnerable_versions: '*', cwe: [], cvss: { score: 9.8, vectorString: null } }],
    });

    expect(code).toBe(1);
    expect(text).toContain('critical: luxon');
    expect(text).toContain('A hole https://advisories.example/1');
    const promised = readFileSync(join(REPOSITORY, 'docs/operations/security.md'), 'utf8');
    const days = /within (\d+) days/.exec(text)?.[1];
    const rows = promised.split('\n').filter((line) => line.startsWith('| critical'));
    expect(rows).toEqual([expect.stringMatching(new RegExp(`^\\| critical +\\| ${days} days`))]);
  });

  it('does not take silence for good news', async () => {
    expect(await audit(405, {})).toEqual({ code: 2, text: expect.stringContaining('Not known') });
  });
});

/** The command, with a registry of ours. */
async function audit(status: number, advisories: object): Promise<{ code: number; text: string }> {
  registry = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const isAsked = request.method === 'POST' && request.url === BULK;
      const body = Buffer.concat(parts);
      if (isAsked) asked = JSON.parse((body[0] === 0x1f ? gunzipSync(body) : body).toString());
      response.writeHead(isAsked ? status : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isAsked ? advisories : {}));
    });
  });
  await new Promise<void>((resolve) => registry!.listen(0, '127.0.0.1', resolve));
  const { port } = registry.address() as AddressInfo;
  const env = {
    ...process.env,
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_fetch_retries: '0',
    npm_config_update_notifier: 'false',
  };
  return await new Promise((resolve) =>
    execFile(process.execPath, ['scripts/audit.mjs'], { cwd: REPOSITORY, env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout + stderr }),
    ),
  );
}
