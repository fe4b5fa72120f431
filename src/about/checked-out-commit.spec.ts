import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findCheckedOutCommit } from './checked-out-commit.js';

const COMMIT = '8fd1f2b0c5b6f0a9d3e4a1b2c3d4e5f607182930';
const OTHER = '0000000000000000000000000000000000000001';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passerelle-commit-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, content: string): Promise<void> {
  const file = join(folder, '.git', name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

describe('the commit of a working copy', () => {
  it('is that of its branch, loose or packed', async () => {
    await write('HEAD', 'ref: refs/heads/feature/x-1\n');
    await write(
      'packed-refs',
      `# pack-refs with: peeled\n${OTHER} refs/heads/main\n${COMMIT} refs/heads/feature/x-1\n`,
    );
    expect(await findCheckedOutCommit(folder)).toBe(COMMIT);
    await write('refs/heads/feature/x-1', `${OTHER}\n`);
    expect(await findCheckedOutCommit(folder)).toBe(OTHER);
  });

  it('is the head itself when it stands on no branch', async () => {
    await write('HEAD', `${COMMIT}\n`);
    expect(await findCheckedOutCommit(folder)).toBe(COMMIT);
  });

  it('is not known of a folder that is none, or of a branch without commits', async () => {
    expect(await findCheckedOutCommit(folder)).toBeNull();
    await write('HEAD', 'ref: refs/heads/main\n');
    expect(await findCheckedOutCommit(folder)).toBeNull();
    await write('HEAD', 'ref: ../../etc/passwd\n');
    expect(await findCheckedOutCommit(folder)).toBeNull();
  });
});
