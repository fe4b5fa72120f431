import type { Bench, Finding } from './bench.js';
import { backlog } from './backlog.js';
import { firstReadings } from './calendar-first-reading.js';
import { coldStart } from './cold-start.js';
import { dueConnections } from './due-connections.js';
import { liveProspect } from './live-prospect.js';
import { describeMachine } from './machine.js';
import { memory } from './memory.js';
import { quietPass } from './quiet-pass.js';
import { Stage } from './stage/stage.js';
import { steadyIntake } from './steady-intake.js';
import { webhookIntake } from './webhook-intake.js';

// Started by scripts/bench.mjs, which has compiled it beside the application that it measures.

const BENCHES: readonly Bench[] = [
  webhookIntake,
  backlog,
  liveProspect,
  ...firstReadings,
  quietPass,
  dueConnections,
  memory,
  coldStart,
  steadyIntake,
];

const words = process.argv.slice(2);
const names = words.filter((argument) => !argument.startsWith('--'));
const size = words.includes('--short') ? 'short' : 'full';
const profileFolder = words.find((argument) => argument.startsWith('--profile='))?.slice('--profile='.length) ?? null;
const givenBuild = words.find((word) => word.startsWith('--dist='))?.slice('--dist='.length) ?? null;

const unknown = names.filter((name) => !BENCHES.some((bench) => isMeant(bench, name)));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. Known: ${BENCHES.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const stage = await Stage.open(profileFolder);
if (words.includes('--without-row-security')) await stage.databases.liftRowSecurity();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stage.close().finally(() => process.exit(130)));
}
// Whatever goes wrong, also in something that nobody waits for: what was started is ended first.
process.on('uncaughtException', (error) => void endAfter(error));

async function endAfter(error: Error): Promise<void> {
  console.error(error);
  await stage.close();
  process.exit(1);
}

const rows: { bench: Bench; finding: Finding }[] = [];
try {
  for (const line of describeMachine(stage.databases.version, givenBuild)) console.log(line);
  for (const bench of BENCHES.filter((each) => names.length === 0 || names.some((name) => isMeant(each, name)))) {
    console.log(`\n${bench.name}: ${bench.question}`);
    for await (const finding of bench.run(stage, size)) {
      rows.push({ bench, finding });
      print(finding);
    }
    await stage.clear();
  }
} finally {
  await stage.close();
}

console.log(`\n| Bench | Question | Figure | Bar | | Made from |\n| --- | --- | --- | --- | --- | --- |`);
for (const { bench, finding } of rows) {
  const { what, figure, bar, isMet, sides } = finding;
  console.log(`| ${bench.name} | ${what} | ${figure} | ${bar} | ${isMet ? 'met' : '**missed**'} | ${sides} |`);
}
if (size === 'short') console.log('\nShort: the figures mean nothing.');
process.exitCode = size === 'full' && rows.some(({ finding }) => !finding.isMet) ? 1 : 0;

/** `B4` means all of its parts. */
function isMeant({ name }: Bench, given: string): boolean {
  return name === given || name.startsWith(`${given}-`);
}

function print({ what, figure, bar, isMet, sides }: Finding): void {
  console.log(`  ${isMet ? 'met   ' : 'MISSED'} ${what}: ${figure} (bar ${bar})\n         ${sides}`);
}
