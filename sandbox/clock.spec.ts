import { describe, expect, it } from '@jest/globals';
import { SandboxClock } from './clock.js';

const start = new Date('2026-11-20T10:00:00Z');

describe('SandboxClock', () => {
  it('stands still when frozen, and moves by what it is advanced', async () => {
    const clock = new SandboxClock(start);
    await clock.advance(90);
    expect(clock.now()).toEqual(new Date('2026-11-20T10:01:30Z'));
  });

  it('runs what falls due on the way in order of time, each at its own moment', async () => {
    const clock = new SandboxClock(start);
    const seen: string[] = [];
    const note = (name: string) => () => void seen.push(`${name} ${clock.now().toISOString().slice(14, 19)}`);
    clock.schedule(clock.in(60), note('second'));
    clock.schedule(clock.in(30), note('first'));
    clock.schedule(clock.in(121), note('too late'));
    await clock.advance(120);
    expect(seen).toEqual(['first 00:30', 'second 01:00']);
  });

  it('follows a task that schedules the next', async () => {
    const clock = new SandboxClock(start);
    let runs = 0;
    const again = () => {
      runs += 1;
      clock.schedule(clock.in(10), again);
    };
    clock.schedule(clock.in(10), again);
    await clock.advance(100);
    expect(runs).toBe(10);
  });

  it('forgets everything on reset', async () => {
    const clock = new SandboxClock(start);
    clock.schedule(clock.in(10), () => {
      throw new Error('it was forgotten');
    });
    await clock.advance(5);
    clock.reset();
    await clock.advance(60);
    expect(clock.now()).toEqual(new Date('2026-11-20T10:01:00Z'));
  });
});
