import { describe, expect, it } from '@jest/globals';
import { JobTrail } from './job-trail.js';

const AT = new Date('2026-01-16T15:30:00Z');

function fetched(attempts: number, last_error: string | null = null): JobTrail {
  return JobTrail.of({ attempts, last_error });
}

describe('job trail', () => {
  it('counts no crash for a job that failed each time', () => {
    const trail = fetched(3, fetched(2, fetched(1).failed('timeout', AT)).failed('timeout', AT));
    expect(trail.crashes).toBe(0);
  });

  it('counts the fetches since the last known end', () => {
    expect(fetched(1).crashes).toBe(0);
    expect(fetched(3).crashes).toBe(2);
    expect(fetched(5, fetched(2).failed('timeout', AT)).crashes).toBe(2);
  });

  it('suspects a job after two crashes and convicts it only when it was alone in the third', () => {
    expect(fetched(2).isSuspect).toBe(false);
    expect(fetched(3).isSuspect).toBe(true);
    expect(fetched(4).isCrashLoop).toBe(false);
    expect(fetched(4, fetched(3).startingAlone()).isCrashLoop).toBe(true);
  });

  it('does not convict a job that died while it waited to be alone', () => {
    expect(fetched(5).isCrashLoop).toBe(false);
    expect(fetched(5).isSuspect).toBe(true);
  });

  it('convicts a job that died alone also when the worker that was to park it died of another one', () => {
    expect(fetched(5, fetched(3).startingAlone()).isCrashLoop).toBe(true);
  });

  it('forgets crashes when a run comes to an end', () => {
    expect(fetched(4, fetched(3).failed('timeout', AT)).crashes).toBe(0);
    // A deferred run is not counted, so that the next one has the same number.
    expect(fetched(3, fetched(3).deferred()).crashes).toBe(0);
  });

  it('remembers when the first failure was', () => {
    const first = fetched(1).failed('timeout', AT);
    const second = fetched(2, first).failed('refused', new Date('2026-01-17T00:00:00Z'));
    expect(fetched(3, second).firstFailedAt).toEqual(AT);
    expect(fetched(1).firstFailedAt).toBeNull();
  });

  it('takes words that are not its own for an end', () => {
    expect(fetched(3, 'Terminated through .kill() command').crashes).toBe(0);
    expect(fetched(3, '"text"').crashes).toBe(0);
    expect(fetched(3, 'null').crashes).toBe(0);
  });
});
