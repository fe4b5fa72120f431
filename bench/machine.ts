import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** Where and of what a figure was taken; without it a figure says nothing. */
export function describeMachine(postgresVersion: string, givenBuild: string | null): string[] {
  const [load = 0] = loadavg();
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GB`;
  // A build from elsewhere may be of any commit; naming ours would be a guess.
  const build = givenBuild === null ? `commit ${commit()}` : `the build in ${givenBuild}, commit not known`;
  return [
    `${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${availableParallelism()} cores, ${memory}, ${process.platform}`,
    `Node ${process.versions.node}, PostgreSQL ${postgresVersion}, ${build}`,
    `load before: ${load.toFixed(1)}`,
  ];
}

/** A tree with changes on top is said to be one. */
function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const isChanged = git('status', '--porcelain', '--', 'src', 'sandbox', 'bench') !== '';
    return git('rev-parse', '--short', 'HEAD').trim() + (isChanged ? ' with changes' : '');
  } catch {
    return 'unknown';
  }
}
