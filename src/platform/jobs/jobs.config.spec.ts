import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { JobsConfig, jobsConfig } from './jobs.config.js';

describe('jobs config', () => {
  it('has defaults, in milliseconds', () => {
    expect(loadConfig([jobsConfig], {}).get(JobsConfig)).toEqual(new JobsConfig(4, 5_000, 30_000, 20_000));
  });

  it('refuses a heartbeat so slow that a living worker would pass for dead', () => {
    expect(() => loadConfig([jobsConfig], { WORKER_HEARTBEAT_SECONDS: '15' })).toThrow(
      'WORKER_DEAD_AFTER_SECONDS must be at least 3 times WORKER_HEARTBEAT_SECONDS',
    );
  });
});
