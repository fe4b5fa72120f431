import type { SourceFile } from './source-file.js';

/**
 * The house, from its foundation up. A room may know the rooms above it in this list, through their `index.ts`, and no
 * other; `platform` has no one face, its files are imported by their path.
 */
const ROOMS = [
  'platform',
  'accounts',
  'realtime',
  'notifications',
  'prospects',
  'formations',
  'integrations',
  'bookings',
  'calendars',
  'sync',
  'deliveries',
  'connections',
  'webhooks',
  'about',
  'privacy',
  'doctor',
  'stand-ins',
];

/** They stand last, side by side: no provider knows another, and nobody knows a provider. */
const PROVIDERS = ['calendly', 'cal-com', 'google-calendar', 'outlook'];

/** Puts the house together: the one file that names the providers. */
const CONTENTS = 'src/app.module.ts';

/** Files of `src` that stand in no room. */
const ROOF = new Set([
  CONTENTS,
  'src/app.configure.ts',
  'src/application.ts',
  'src/main.ts',
  'src/keys.main.ts',
  'src/privacy.main.ts',
  'src/password.main.ts',
  'src/doctor.main.ts',
]);

/** Who may touch `process.env`, and what for. A room gets its variables as a validated object. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  'src/main.ts': 'the process itself: hands the environment to the configuration, once',
  'src/platform/database/migrate.ts': 'a program of its own, run without the application',
  'src/platform/database/embedded/native-process.ts': 'passes PATH and its like on to PostgreSQL’s programs',
  'src/platform/database/embedded/process-table.ts': 'passes the environment on to ps',
  'sandbox/main.ts': 'a program of its own, which may not import the configuration of the application',
};

/** What the walls forbid, one sentence each; none is what a healthy house has. */
export function findBreaches(files: readonly SourceFile[]): string[] {
  const ofProduct = files.filter(({ path }) => /^(src|sandbox)\//.test(path));
  return [
    ...ofProduct.flatMap(findUnknownRoom),
    ...ofProduct.flatMap((file) => file.imports.flatMap((target) => judgeImport(file.path, target) ?? [])),
    ...ofProduct.flatMap(judgeGlobals),
    ...findUnusedPermits(ofProduct),
    ...findCycles(files.filter(({ path }) => path.startsWith('src/'))),
  ];
}

function findUnknownRoom({ path }: SourceFile): string[] {
  if (!path.startsWith('src/') || ROOF.has(path) || roomOf(path) !== null) return [];
  return [`${path} stands in no room of the table`];
}

function judgeImport(from: string, to: string): string | null {
  const breach = (rule: string) => `${from} → ${to}: ${rule}`;
  if (areaOf(from) !== areaOf(to)) {
    const isTestSupport = isSpec(from) && to.startsWith('test/');
    return isTestSupport ? null : breach(`${areaOf(from)} imports nothing from ${areaOf(to)}`);
  }
  if (areaOf(from) !== 'src') return null;

  const [room, known] = [roomOf(from), roomOf(to)];
  if (known === null) return room === null ? null : breach('a room does not know the roof');
  if (room === known) return judgeOwnFace(from, to) ? breach('a room does not go through its own face') : null;
  if (PROVIDERS.includes(known) && from !== CONTENTS) return breach(`only ${CONTENTS} knows a provider`);
  if (room !== null && rankOf(known) >= rankOf(room)) return breach(`${room} may only know the rooms above it`);
  if (known !== 'platform' && to !== faceOf(known)) return breach(`${known} is known by its index.ts alone`);
  return null;
}

/** `platform` is a row of small rooms, some with a face of their own. */
function judgeOwnFace(from: string, to: string): boolean {
  const folder = to.replace(/\/index\.ts$/, '/');
  return folder !== to && from.startsWith(folder);
}

function judgeGlobals({ path, usesEnvironment, usesConsole }: SourceFile): string[] {
  if (isSpec(path)) return [];
  const mayUseEnvironment = path.startsWith('src/platform/config/') || path in ENVIRONMENT;
  return [
    ...(usesEnvironment && !mayUseEnvironment ? [`${path} touches process.env`] : []),
    ...(usesConsole && path.startsWith('src/') ? [`${path} writes to the console`] : []),
  ];
}

/** A permit that nobody needs any more is an open door. */
function findUnusedPermits(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path, usesEnvironment }) => path in ENVIRONMENT && !usesEnvironment)
    .map(({ path }) => `${path} no longer touches process.env: take it off the list`);
}

/** Circles of imports, each told once. Types count: what is a type today is a class in the circle tomorrow. */
function findCycles(files: readonly SourceFile[]): string[] {
  const importsOf = new Map(files.map(({ path, imports }) => [path, imports]));
  const cycles: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];

  const walk = (path: string): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    trail.push(path);
    for (const next of importsOf.get(path) ?? []) walk(next);
    trail.pop();
    done.add(path);
  };
  for (const path of importsOf.keys()) walk(path);
  return cycles.map((cycle) => `${cycle}: a circle of imports`);
}

function areaOf(path: string): string {
  return path.split('/')[0] ?? path;
}

function roomOf(path: string): string | null {
  const [, room = '', file] = path.split('/');
  return file !== undefined && [...ROOMS, ...PROVIDERS].includes(room) ? room : null;
}

/** All providers share the last place. */
function rankOf(room: string): number {
  return PROVIDERS.includes(room) ? ROOMS.length : ROOMS.indexOf(room);
}

function faceOf(room: string): string {
  return `src/${room}/index.ts`;
}

function isSpec(path: string): boolean {
  return path.endsWith('.spec.ts');
}
