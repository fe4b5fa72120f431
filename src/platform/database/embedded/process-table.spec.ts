import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { findProcess, isRunning, parseLinuxStat } from './process-table.js';

describe('parseLinuxStat', () => {
  it('is not confused by spaces and parentheses in the name', () => {
    const rest = 'S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20';
    expect(parseLinuxStat(`42 (odd) name (x)) ${rest}`)).toEqual({ state: 'S', startTicks: '4711' });
  });

  it('answers null for what it cannot read', () => {
    expect(parseLinuxStat('')).toBeNull();
  });
});

describe('findProcess', () => {
  it('tells this process from any other', async () => {
    const [ours, again, parent] = [
      await findProcess(process.pid),
      await findProcess(process.pid),
      await findProcess(1),
    ];
    expect(ours).not.toBeNull();
    expect(again?.startedAt).toBe(ours?.startedAt);
    // Windows tells nothing about a process but that it runs.
    expect(parent?.startedAt === ours?.startedAt).toBe(process.platform === 'win32');
  });

  it('answers null for a process that has ended', async () => {
    const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await new Promise((resolve) => child.once('exit', resolve));
    expect(await findProcess(child.pid ?? 0)).toBeNull();
    expect(await isRunning(child.pid ?? 0)).toBe(false);
  });
});
