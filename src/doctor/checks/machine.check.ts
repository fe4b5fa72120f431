import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { PlatformConfig } from '../../platform/config/platform.config.js';
import { DiskRoom } from '../disk-room.js';
import type { DoctorCheck, Finding } from '../finding.js';
import { finding } from '../finding-texts.js';

const DISK_SHORT_PERCENT = 10;
const DISK_GONE_PERCENT = 3;

/** What of the machine itself matters: the disk of the logs, the zone data of the runtime, the file of secrets. */
@Injectable()
export class MachineCheck implements DoctorCheck {
  readonly name = 'machine';

  constructor(
    private readonly config: PlatformConfig,
    private readonly clock: Clock,
    private readonly disk: DiskRoom,
  ) {}

  async examine(): Promise<Finding[]> {
    return [
      ...(await this.examineLog()),
      ...(await this.examineSecrets()),
      ...judgeZoneData(process.versions.tz, this.clock.now()),
    ];
  }

  private async examineLog(): Promise<Finding[]> {
    const { logFile } = this.config;
    if (logFile === undefined) return [];
    const folder = dirname(resolve(logFile));
    try {
      await access(folder, constants.W_OK);
      if (!(await stat(folder)).isDirectory()) return [finding('log/not-writable')];
    } catch {
      return [finding('log/not-writable')];
    }
    return judgeLogDisk(await this.disk.freePercent(folder));
  }

  private async examineSecrets(): Promise<Finding[]> {
    // Windows has no such bits.
    if (process.platform === 'win32') return [];
    try {
      const { mode } = await stat(join(this.config.dataDir, 'secrets.json'));
      return (mode & 0o077) === 0 ? [] : [finding('configuration/secrets-readable')];
    } catch {
      return [];
    }
  }
}

export function judgeLogDisk(percent: number | null): Finding[] {
  if (percent === null || percent >= DISK_SHORT_PERCENT) return [];
  return [finding('log/disk-short', { percent }, percent < DISK_GONE_PERCENT ? 'error' : 'warning')];
}

/** Countries change their clocks at short notice, some every year. A version names the year it was published in. */
export function judgeZoneData(version: string | undefined, now: Date): Finding[] {
  const [, year] = /^(\d{4})[a-z]+$/.exec(version ?? '') ?? [];
  if (version === undefined || year === undefined) return [];
  // Published on the last day of its year at the latest: nobody is warned without need.
  const outdatedAt = Date.UTC(Number(year) + 2, 0, 1);
  return now.getTime() > outdatedAt ? [finding('zone-data/old', { version })] : [];
}
