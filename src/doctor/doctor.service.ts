import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../integrations/index.js';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { BacklogCheck } from './checks/backlog.check.js';
import { ClockCheck } from './checks/clock.check.js';
import { ConnectionsCheck } from './checks/connections.check.js';
import { DatabaseCheck } from './checks/database.check.js';
import { KeysCheck } from './checks/keys.check.js';
import { MachineCheck } from './checks/machine.check.js';
import { MailCheck } from './checks/mail.check.js';
import { ProvidersCheck } from './checks/providers.check.js';
import { PublicUrlCheck } from './checks/public-url.check.js';
import { RedirectsCheck } from './checks/redirects.check.js';
import { type DoctorCheck, type Finding, SEVERITIES, type Ward } from './finding.js';
import { finding } from './finding-texts.js';
import { type ProviderAddress, toProviderAddress } from './provider-addresses.js';

export interface Diagnosis {
  /** The worst there is. */
  readonly status: 'healthy' | Finding['severity'];
  readonly addresses: readonly ProviderAddress[];
  readonly findings: readonly Finding[];
  /** Null while the database cannot be asked. */
  readonly queue: QueueState | null;
}

/** What the background work has before it. */
export interface QueueState {
  readonly workers: number;
  readonly waiting: number;
  readonly oldestMinutes: number;
  readonly parked: number;
}

/** Longer than any single question of a check may take. */
const PATIENCE_MS = 20_000;

/** Looks at everything that a connection depends on, and says what is wrong with what, the worst first. */
@Injectable()
export class Doctor {
  private readonly checks: readonly DoctorCheck[];
  /** Those that ask the database, behind the one that says whether it answers. */
  private readonly ofDatabase: readonly DoctorCheck[];

  constructor(
    private readonly database: DatabaseCheck,
    private readonly registry: ProviderRegistry,
    private readonly config: PlatformConfig,
    redirects: RedirectsCheck,
    providers: ProvidersCheck,
    mail: MailCheck,
    publicUrl: PublicUrlCheck,
    machine: MachineCheck,
    clock: ClockCheck,
    keys: KeysCheck,
    connections: ConnectionsCheck,
    private readonly backlog: BacklogCheck,
  ) {
    this.checks = [redirects, providers, mail, publicUrl, machine];
    this.ofDatabase = [clock, keys, connections, backlog];
  }

  /**
   * `known` was found before there was a doctor to ask, such as faults of the configuration. Without a database, because
   * none was made yet, nothing is asked of it.
   */
  async examine(
    ward: Ward,
    { known = [], hasDatabase = true }: { known?: readonly Finding[]; hasDatabase?: boolean } = {},
  ): Promise<Diagnosis> {
    const [others, database] = await Promise.all([
      Promise.all(this.checks.map((check) => run(check, ward))),
      hasDatabase ? run(this.database, ward) : [],
    ]);
    const isUsable = hasDatabase && !database.some(({ code }) => UNUSABLE.has(code));
    const stored = isUsable ? await Promise.all(this.ofDatabase.map((check) => run(check, ward))) : [];
    const findings = [...known, ...database, ...others.flat(), ...stored.flat()].toSorted(
      (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity),
    );
    return {
      status: findings[0]?.severity ?? 'healthy',
      addresses: this.registry.list().map((provider) => toProviderAddress(provider, this.config.publicUrl, findings)),
      findings,
      queue: isUsable ? await this.readQueue(ward) : null,
    };
  }

  /** A database that goes away meanwhile has been told of already. */
  private async readQueue(ward: Ward): Promise<QueueState | null> {
    try {
      const { workers, waiting, oldest_minutes: oldestMinutes, parked } = await this.backlog.read(ward);
      return { workers, waiting, oldestMinutes, parked };
    } catch {
      return null;
    }
  }
}

/** Then nothing else can be asked of it. */
const UNUSABLE = new Set(['database/unreachable', 'database/migrations-pending', 'doctor/check-failed']);

/** A check that stumbles says so and takes no other with it. */
async function run(check: DoctorCheck, ward: Ward): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(Object.assign(new Error('Out of time'), { code: 'timeout' })), PATIENCE_MS);
    });
    return await Promise.race([check.examine(ward), late]);
  } catch (error) {
    const { code, name } = error as { code?: unknown; name?: string };
    const reason = typeof code === 'string' ? code : (name ?? 'unknown');
    return [finding('doctor/check-failed', { check: check.name, reason })];
  } finally {
    clearTimeout(timer);
  }
}
