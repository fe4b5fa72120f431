import type { Bench } from './bench.js';
import { type DeliveryAddress, openAddress } from './deliveries.js';
import { median, milliseconds, percentile, round } from './numbers.js';
import type { Sent } from './rivals/messages.js';
import { cpuTime } from './stage/cpu-time.js';
import { query } from './stage/databases.js';
import { Owner } from './stage/owner.js';

const SIZES = { full: { rounds: 8, count: 4_000 }, short: { rounds: 1, count: 200 } };
const CONNECTIONS = 32;

interface Round extends Sent {
  readonly serverCpuMs: number;
  readonly databaseCpuMs: number;
}

/**
 * How many signed deliveries are taken in and kept in a second, against a bare server that checks the signature and
 * writes one row. The instance that answers works nothing off, as in the shape it is deployed in: that is the worker's.
 */
export const webhookIntake: Bench = {
  name: 'B1',
  question: `signed webhook accepted and durable, ${CONNECTIONS} connections`,
  async *run(stage, size) {
    const { rounds, count } = SIZES[size];
    const standIns = await stage.startStandIns();
    const installation = await stage.newInstallation();
    const application = await stage.startApplication(installation, standIns, { ROLE: 'api' });
    const worker = await stage.startApplication(installation, standIns, {
      ROLE: 'worker',
      PUBLIC_URL: application.url,
    });
    const owner = await Owner.register(application, standIns, stage.caller);
    const ours = await openAddress(owner, standIns);
    await worker.stop();

    const rival = stage.start({ entry: 'bench/rivals/bare-receiver.js' });
    rival.send({ databaseUrl: installation.database.url, key: ours.key });
    const bare: DeliveryAddress = { ...ours, url: (await rival.message<{ url: string }>()).url };
    const sender = stage.start({ entry: 'bench/rivals/sender.js' });
    const send = async (address: DeliveryAddress, label: string): Promise<Round> => {
      const pids = [address === ours ? application.pid : rival.pid, stage.databases.pid];
      const before = pids.map((pid) => cpuTime(pid));
      sender.send({ address, connections: CONNECTIONS, label, count });
      const sent = await sender.message<Sent>();
      const cpu = pids.map((pid, index) => ((cpuTime(pid) ?? NaN) - (before[index] ?? NaN)) / count);
      return { ...sent, serverCpuMs: cpu[0] ?? NaN, databaseCpuMs: cpu[1] ?? NaN };
    };

    // Warm: compiled, connected, and with a look at the channel behind it.
    for (const [address, side] of [
      [ours, 'ours'],
      [bare, 'bare'],
    ] as const)
      await send(address, `warm-${side}`);
    const measured: { ours: Round; bare: Round }[] = [];
    for (let turn = 0; turn < rounds; turn += 1) {
      const first = turn % 2 === 0 ? await send(ours, `ours-${turn}`) : await send(bare, `bare-${turn}`);
      const second = turn % 2 === 0 ? await send(bare, `bare-${turn}`) : await send(ours, `ours-${turn}`);
      measured.push(turn % 2 === 0 ? { ours: first, bare: second } : { ours: second, bare: first });
    }
    const [row] = await query<{ kept: number }>(
      installation.database.adminUrl,
      'SELECT count(*)::int AS kept FROM deliveries',
    );
    const answered = measured.reduce((sum, each) => sum + each.ours.answered, count);
    const refused = measured.reduce((sum, each) => sum + each.ours.refused + each.bare.refused, 0);

    const ratio = median(measured.map((each) => each.bare.ms / each.ours.ms));
    const rate = (side: 'ours' | 'bare') => median(measured.map((each) => (count / each[side].ms) * 1_000));
    const late = (side: 'ours' | 'bare', share: number) =>
      median(measured.map((each) => percentile(each[side].times, share)));
    const times = (side: 'ours' | 'bare') => `p50 ${milliseconds(late(side, 50))}, p99 ${milliseconds(late(side, 99))}`;
    yield {
      what: 'requests/s against bare node:http + HMAC + one INSERT',
      figure: String(round(ratio, 2)),
      bar: '>= 0.8, then 1.0',
      isMet: ratio >= 0.8,
      sides:
        `${round(rate('ours'))}/s (${times('ours')}) against ${round(rate('bare'))}/s (${times('bare')}); ` +
        `medians of ${rounds} rounds of ${count}`,
    };
    const cost = (side: 'ours' | 'bare') =>
      (['serverCpuMs', 'databaseCpuMs'] as const).map((which) => median(measured.map((each) => each[side][which])));
    const [[ourServer = NaN, ourDatabase = NaN], [bareServer = NaN, bareDatabase = NaN]] = [cost('ours'), cost('bare')];
    const costRatio = (bareServer + bareDatabase) / (ourServer + ourDatabase);
    yield {
      what: 'processor time of a request, against the bare server',
      figure: Number.isNaN(costRatio) ? 'not known here' : String(round(costRatio, 2)),
      bar: 'none',
      isMet: true,
      sides:
        `server ${round(ourServer, 2)} ms and PostgreSQL ${round(ourDatabase, 2)} ms, ` +
        `against ${round(bareServer, 2)} ms and ${round(bareDatabase, 2)} ms`,
    };
    const lateness = median(measured.map((each) => percentile(each.ours.times, 99) / percentile(each.bare.times, 99)));
    yield {
      what: 'p99 against that of the bare server',
      figure: String(round(lateness, 2)),
      bar: '<= 1',
      isMet: lateness <= 1,
      sides: `answered ${answered}, kept ${row?.kept}, refused ${refused}`,
    };
    yield {
      what: 'answered 2xx and not kept',
      figure: String(answered - (row?.kept ?? 0)),
      bar: '0',
      isMet: answered === row?.kept && refused === 0,
      sides: 'rows counted in the database',
    };
  },
};
