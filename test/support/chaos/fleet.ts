import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type CompiledProcess, watchProcess } from '../compiled-process.js';
import { compileProduct } from './compiled-product.js';
import { type Address, FaultLine } from './fault-line.js';
import { type Step, Tripwire } from './tripwire.js';

const WARM = fileURLToPath(new URL('./warm-instance.mjs', import.meta.url));

const STEP_WITHIN_MS = 60_000;

export type Role = 'api' | 'worker' | 'all';

/** One running process of the product, with a line of its own to the database. */
export interface Instance {
  readonly role: Role;
  readonly url: string;
  readonly process: CompiledProcess;
  readonly database: FaultLine;
  readonly tripwire: Tripwire;
}

interface Spare {
  port: number;
  process: CompiledProcess;
  database: FaultLine;
}

export interface FleetOptions {
  readonly databaseUrl: string;
  /** What all instances share. PUBLIC_URL is the address of the front. */
  readonly environment: Record<string, string>;
  /** Processes that are loaded in advance. */
  readonly spares?: number;
}

/**
 * The product in several processes on one database, behind one address. Processes are killed with SIGKILL, in the midst
 * of a step if wanted, and replaced; the address stays.
 */
export class Fleet {
  readonly instances: Instance[] = [];
  kills = 0;
  private readonly spares = new Map<string, Promise<Spare>[]>();
  private turn = 0;

  private constructor(
    private readonly options: FleetOptions,
    private readonly product: string,
    /** Where the world reaches the product: whichever instance that serves HTTP is next. */
    readonly front: FaultLine,
  ) {}

  static async prepare(make: (publicUrl: string) => FleetOptions): Promise<Fleet> {
    const product = await compileProduct();
    const box: { fleet?: Fleet } = {};
    const front = await FaultLine.open(() => box.fleet!.next());
    box.fleet = new Fleet(make(`http://127.0.0.1:${front.port}`), product, front);
    return box.fleet;
  }

  get url(): string {
    return `http://127.0.0.1:${this.front.port}`;
  }

  /** Loads a process that the next `launch` of this role will use. */
  warm(role: Role, extra: Record<string, string> = {}): void {
    const key = JSON.stringify([role, extra]);
    this.spares.set(key, [...(this.spares.get(key) ?? []), this.load(role, extra)]);
  }

  async launch(role: Role, extra: Record<string, string> = {}): Promise<Instance> {
    const spare = this.spares.get(JSON.stringify([role, extra]))?.shift();
    const { port, process, database } = await (spare ?? this.load(role, extra));
    const instance: Instance = {
      role,
      url: `http://127.0.0.1:${port}`,
      process,
      database,
      tripwire: Tripwire.onDatabase(database),
    };
    process.child.kill('SIGUSR2');
    await process.line((line) => line.includes('"app.ready"'));
    this.instances.push(instance);
    return instance;
  }

  /** SIGKILL, wherever it is. What it had said and nobody had heard is never heard. */
  async kill(victim: Instance): Promise<void> {
    this.kills += 1;
    this.instances.splice(this.instances.indexOf(victim), 1);
    victim.database.freeze();
    await victim.process.end('SIGKILL');
    await victim.database.close();
  }

  /** Kills whichever instance of the role comes to the step first. */
  async killAt(step: Step, role: Role): Promise<void> {
    const candidates = this.instances.filter((instance) => instance.role === role);
    const victim = await inTime(
      step,
      Promise.race(
        candidates.map(async (instance) => {
          await instance.tripwire.reached(step);
          return instance;
        }),
      ),
    );
    for (const { tripwire } of candidates) tripwire.disarm();
    await this.kill(victim);
  }

  /** Kills the only instance of the role, when what it says on this other line comes to the step. */
  async killAtCall(step: Step, role: Role, { line, wire }: { line: FaultLine; wire: Tripwire }): Promise<void> {
    await inTime(step, wire.reached(step));
    const [victim, ...others] = this.instances.filter((instance) => instance.role === role);
    if (victim === undefined || others.length > 0) throw new Error(`Whose call it was cannot be told: ${role}`);
    await this.kill(victim);
    line.cut();
  }

  /** SIGTERM, and what became of it. */
  async stop(instance: Instance): Promise<{ code: number | null; ms: number }> {
    this.instances.splice(this.instances.indexOf(instance), 1);
    const startedAt = performance.now();
    await instance.process.end('SIGTERM');
    const { code } = await instance.process.exited;
    await instance.database.close();
    return { code, ms: Math.round(performance.now() - startedAt) };
  }

  async close(): Promise<void> {
    const spares = await Promise.allSettled([...this.spares.values()].flat());
    const spare = spares.flatMap((loaded) => (loaded.status === 'fulfilled' ? [loaded.value] : []));
    for (const { process, database } of [...this.instances, ...spare]) {
      database.freeze();
      await process.end('SIGKILL');
      await database.close();
    }
    await this.front.close();
  }

  private async load(role: Role, extra: Record<string, string>): Promise<Spare> {
    const { databaseUrl, environment } = this.options;
    const target = addressOf(databaseUrl);
    const database = await FaultLine.open(() => target);
    const port = await findFreePort();
    const env = {
      NODE_ENV: 'test',
      LOG_FORMAT: 'json',
      SANDBOX: 'off',
      WORKER_HEARTBEAT_SECONDS: '1',
      WORKER_DEAD_AFTER_SECONDS: '3',
      ...environment,
      ...extra,
      ROLE: role,
      PORT: String(port),
      PUBLIC_URL: this.url,
      DATABASE_URL: through(databaseUrl, database),
    };
    const process = watchProcess(`the ${role}`, [WARM, this.product], env, { keepsErrors: true });
    await process.line((line) => line === 'warm');
    return { port, process, database };
  }

  /** In turn, as a load balancer would. With nobody there the connection is refused. */
  private next(): Address {
    const serving = this.instances.filter(({ role }) => role !== 'worker');
    this.turn += 1;
    const instance = serving[this.turn % serving.length];
    return { host: '127.0.0.1', port: instance ? Number(new URL(instance.url).port) : 1 };
  }
}

/** A step that is never reached would otherwise be waited for without a word. */
async function inTime<T>(step: Step, reached: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Never came to it: ${step.name}`)), STEP_WITHIN_MS);
  });
  return await Promise.race([reached, late]).finally(() => clearTimeout(timer));
}

/** Keys of a test, new for each. */
export function freshSecrets(): Record<string, string> {
  return { ENCRYPTION_KEY: randomBytes(32).toString('hex'), JWT_SECRET: randomBytes(32).toString('hex') };
}

export function addressOf(url: string): Address {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

/** The same address by way of a line. */
export function through(url: string, line: FaultLine): string {
  const moved = new URL(url);
  moved.hostname = '127.0.0.1';
  moved.port = String(line.port);
  return moved.href;
}

/** Below the ports that systems hand out for outgoing connections: nobody takes it before it is listened on. */
async function findFreePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 8_000);
    const probe = createServer();
    probe.listen(port, '127.0.0.1');
    const isFree = await Promise.race([
      once(probe, 'listening').then(() => true),
      once(probe, 'error').then(() => false),
    ]);
    if (!isFree) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
