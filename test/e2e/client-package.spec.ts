import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demand, eventually, type Person, startApp, type TestApp } from '../support/app.js';
import { FaultLine } from '../support/chaos/fault-line.js';
import { type CompiledProcess, watchProcess } from '../support/compiled-process.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
const PASSWORD = 'quatre mots pris au hasard';

const run = promisify(execFile);

// A host application as its author has it: the package as it is packed, and the example as it stands in the README.
describe('the client, packed and installed in another application', () => {
  let host: string;
  let packed: string[];

  beforeAll(async () => {
    host = await mkdtemp(join(tmpdir(), 'passerelle-host-'));
    packed = await install(host);
    await writeFile(join(host, 'package.json'), JSON.stringify({ type: 'module' }));
  });

  afterAll(() => rm(host, { recursive: true, force: true }));

  it('holds what its exports name, and neither tests nor settings of this repository', async () => {
    const { exports } = JSON.parse(await readFile(join(host, 'node_modules/@passerelle/client/package.json'), 'utf8'));
    for (const file of Object.values<string>(exports['.'])) expect(packed).toContain(file.replace('./', ''));
    expect(packed.filter((file) => /^test\/|tsconfig|vitest/.test(file))).toEqual([]);
  });

  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('gives the example of its README types, with module %s and resolution %s', async (module, moduleResolution) => {
    expect(await compile({ module, moduleResolution })).toBe('');
  });

  it('tells the compiler of the host when a field or a route is not there', async () => {
    const mistakes = `
      export const wrong: number = items[0]!.firstname;
      await rest.GET('/api/prospect', {});`;
    const said = await compile({ module: 'nodenext', moduleResolution: 'nodenext' }, mistakes);
    expect(said).toContain("Type 'string' is not assignable to type 'number'");
    expect(said).toContain(`Argument of type '"/api/prospect"' is not assignable`);
  });

  describe('with a server', () => {
    let app: TestApp;
    let line: FaultLine;
    let person: Person;
    let program: CompiledProcess | undefined;

    beforeAll(async () => {
      app = await startApp();
      const port = Number(new URL(app.url).port);
      line = await FaultLine.open(() => ({ host: '127.0.0.1', port }));
      person = await app.registerConnected();
    });

    afterAll(async () => {
      await program?.end('SIGKILL');
      await line?.close();
      await app?.close();
    });

    it('signs in, reads, hears what happens, and is told after a cut what it has missed, once', async () => {
      const origin = `http://127.0.0.1:${line.port}`;
      const states = 'live.onStatus(({ state }) => console.log(`state: ${state}`));';
      await compile({ module: 'nodenext', moduleResolution: 'nodenext', outDir: 'ran' }, states, {
        'https://passerelle.example.com': origin,
        'camille@atelier.example': person.email,
      });
      const running = watchProcess('the host', [join(host, 'ran/host.js')], {}, { keepsErrors: true });
      program = running;
      await running.line((said) => said === 'state: live');

      book('Ada Un');
      await running.line((said) => said === 'Ada Un');
      await running.line(tellsOf('Ada Un'));

      line.break({ kind: 'refuse' });
      await eventually(() => expect(running.lines.at(-1)).toBe('state: reconnecting'));
      book('Ada Deux');
      await eventually(async () => {
        const { body } = demand(200, await app.http('GET', '/api/notifications', { token: person.token }));
        expect(JSON.stringify(body)).toContain('Ada Deux');
      });
      line.heal();

      await running.line(tellsOf('Ada Deux'));
      book('Ada Trois');
      await running.line(tellsOf('Ada Trois'));
      for (const name of ['Ada Un', 'Ada Deux', 'Ada Trois'])
        expect(running.lines.filter(tellsOf(name))).toHaveLength(1);
    });

    function book(name: string): void {
      const email = `${name.toLowerCase().replace(' ', '.')}@example.test`;
      app.sandbox.control.book({ invitees: [{ name, email }] });
    }
  });

  /** What the compiler has to say of the example; nothing when all is well. */
  async function compile(
    { outDir, ...options }: { module: string; moduleResolution: string; outDir?: string },
    epilogue = '',
    changes: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const config = {
      compilerOptions: {
        ...options,
        ...(outDir === undefined ? { noEmit: true } : { outDir: join(host, outDir) }),
        strict: true,
        target: 'es2022',
        lib: ['es2022', 'dom'],
        types: [],
        // Its declarations are looked at as well, not only what the example uses of them.
        skipLibCheck: false,
      },
      files: ['host.ts'],
    };
    const given = `const password = ${JSON.stringify(PASSWORD)};\nconst id = '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d2';`;
    let source = [given, await exampleOfReadme(), epilogue].join('\n');
    for (const [from, to] of Object.entries(changes)) source = source.replaceAll(from, to);
    await writeFile(join(host, 'tsconfig.json'), JSON.stringify(config));
    await writeFile(join(host, 'host.ts'), source);
    try {
      await run(process.execPath, [TSC, '-p', host]);
      return '';
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  }
});

/** Packs the client, unpacks it where `npm install` would, and answers what is in it. What it needs is linked. */
async function install(host: string): Promise<string[]> {
  const client = join(ROOT, 'client');
  const { stdout } = await run('npm', ['pack', '--json', '--silent', '--pack-destination', host], { cwd: client });
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as [
    { filename: string; files: { path: string }[] },
  ];
  const target = join(host, 'node_modules/@passerelle/client');
  await mkdir(target, { recursive: true });
  await run('tar', ['-xzf', join(host, filename), '-C', target, '--strip-components=1']);
  const { dependencies } = JSON.parse(await readFile(join(target, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    const link = join(host, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), link, 'junction');
  }
  return files.map(({ path }) => path);
}

async function exampleOfReadme(): Promise<string> {
  const [, example] = /```ts\n([\s\S]*?)```/.exec(await readFile(join(ROOT, 'client/README.md'), 'utf8')) ?? [];
  if (example === undefined) throw new Error('client/README.md has no example');
  return example;
}

/** The feed's sentence about somebody; their name alone is the message of the prospect. */
const tellsOf = (name: string) => (said: string) => said.includes(name) && said !== name;
