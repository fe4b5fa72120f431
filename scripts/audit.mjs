// What is known against the libraries that ship, each with the time in which docs/operations/security.md promises to act.
// Ends with 1 when there is something, with 2 when the registry did not say.
import { spawnSync } from 'node:child_process';

const DAYS = { critical: 7, high: 14, moderate: 30, low: 90, info: 90 };
const SEVERITIES = Object.keys(DAYS);

// npm tells what runs it where it is; a command of another name would need a shell on Windows.
const npm = process.env.npm_execpath;
const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
const { stdout } = spawnSync(command, [...first, 'audit', '--omit=dev', '--json'], { encoding: 'utf8' });

const report = read(stdout);
if (report?.vulnerabilities === undefined) {
  console.error(`Not known: the registry did not answer.${report?.message ? ` ${report.message}` : ''}`);
  process.exit(2);
}

const found = Object.values(report.vulnerabilities).toSorted((one, other) => rank(one) - rank(other));
for (const { name, severity, range, via } of found) {
  console.log(`${severity}: ${name} ${range}, to be mended within ${DAYS[severity]} days of its publication`);
  for (const { title, url } of via.filter((one) => typeof one === 'object')) console.log(`  ${title} ${url}`);
}
if (found.length === 0) console.log('Nothing is known against the libraries that ship.');
process.exitCode = found.length === 0 ? 0 : 1;

function rank({ severity }) {
  return SEVERITIES.indexOf(severity);
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
