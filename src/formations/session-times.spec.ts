import { describe, expect, it } from '@jest/globals';
import { Problem } from '../platform/errors/problem.js';
import { assertTimes, readTimes } from './session-times.js';

const PARIS = { time_zone: 'Europe/Paris' };
const KNOWN = {
  starts_at: new Date('2026-03-10T08:00:00Z'),
  ends_at: new Date('2026-03-10T16:00:00Z'),
  time_zone: 'Europe/Paris',
};

describe('the times of a session', () => {
  it('are read in the zone beside them, else in the one that is known', () => {
    const local = { starts_at: '2026-03-10T09:00', ends_at: '2026-03-10T17:00' };
    expect(readTimes(local, PARIS)).toEqual({ times: KNOWN });
    expect(readTimes({ ...local, time_zone: 'UTC' }, PARIS).times).toEqual({
      starts_at: new Date('2026-03-10T09:00:00Z'),
      ends_at: new Date('2026-03-10T17:00:00Z'),
      time_zone: 'UTC',
    });
  });

  it('stay where nothing is written, also when only the zone is', () => {
    expect(readTimes({}, KNOWN)).toEqual({ times: KNOWN });
    expect(readTimes({ time_zone: 'Asia/Tokyo' }, KNOWN)).toEqual({ times: { ...KNOWN, time_zone: 'Asia/Tokyo' } });
    expect(readTimes({ ends_at: '2026-03-10T12:00' }, KNOWN).times?.ends_at).toEqual(new Date('2026-03-10T11:00:00Z'));
  });

  it('end after they begin, and the field that was written is at fault', () => {
    const faults = (writing: Parameters<typeof readTimes>[0]) => readTimes(writing, KNOWN).faults;
    expect(faults({ starts_at: '2026-03-10T17:00' })).toEqual([{ field: 'starts_at', fault: 'not-after' }]);
    expect(faults({ ends_at: '2026-03-10T09:00' })).toEqual([{ field: 'ends_at', fault: 'not-after' }]);
    expect(faults({ starts_at: '2026-03-11T09:00Z', ends_at: '2026-03-11T08:59Z' })).toEqual([
      { field: 'ends_at', fault: 'not-after' },
    ]);
  });

  it('last at most 31 days of the calendar, whatever the clocks do meanwhile', () => {
    const over = (ends_at: string) => readTimes({ starts_at: '2026-10-10T09:00', ends_at }, PARIS).faults ?? [];
    expect(over('2026-11-10T09:00')).toEqual([]);
    expect(over('2026-11-10T09:00:01')).toEqual([{ field: 'ends_at', fault: 'too-long' }]);
  });

  it('name every hour that clocks skip', () => {
    const skipped = { starts_at: '2026-03-29T02:15', ends_at: '2026-03-29T02:45' };
    expect(readTimes(skipped, PARIS).faults).toEqual([
      { field: 'starts_at', fault: 'skipped' },
      { field: 'ends_at', fault: 'skipped' },
    ]);
    expect(readTimes({ ends_at: '2026-03-29T02:45' }, KNOWN).faults).toEqual([{ field: 'ends_at', fault: 'skipped' }]);
  });
});

describe('faulty times', () => {
  const problemOf = (faulty: Parameters<typeof assertTimes>[0]) => {
    try {
      assertTimes(faulty);
    } catch (error) {
      const { definition, errors } = error as Problem;
      return [definition.code, errors?.map(({ pointer }) => pointer)];
    }
    return null;
  };

  it('are told all at once by where they stand, hours that do not exist before the rest', () => {
    const late = { parent: '/sessions/0', field: 'ends_at', fault: 'not-after' } as const;
    const long = { parent: '/sessions/2', field: 'ends_at', fault: 'too-long' } as const;
    const skipped = { parent: '', field: 'starts_at', fault: 'skipped' } as const;
    expect(problemOf([])).toBeNull();
    expect(problemOf([late, long])).toEqual(['request/invalid', ['/sessions/0/ends_at', '/sessions/2/ends_at']]);
    expect(problemOf([late, skipped])).toEqual(['formation-session/local-time-skipped', ['/starts_at']]);
  });
});
