// Writes what front ends know of the server, from the server's own sources: the OpenAPI document, its TypeScript types,
// and the map of socket messages. Needs a build, and neither a database nor a port.
//
//   node scripts/openapi.mjs                 writes the three files
//   node scripts/openapi.mjs --check         ends with 1 when one of them is behind
//   node scripts/openapi.mjs --dist <folder> takes the build from another place
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import prettier from 'prettier';

const root = fileURLToPath(new URL('..', import.meta.url));
const { argv } = process;
const dist = resolve(root, argv.includes('--dist') ? argv[argv.indexOf('--dist') + 1] : 'dist');

const HEADING = '// Made from openapi.json by scripts/openapi.mjs: change the server, not this file.\n\n';

const document = await describeServer();
const files = {
  'client/openapi.json': await format(JSON.stringify(sorted(document)), 'json'),
  'client/src/schema.d.ts': await format(HEADING + astToString(await openapiTS(document)), 'typescript'),
  'client/src/socket-messages.ts': readFileSync(join(root, 'src/realtime/socket-messages.ts'), 'utf8'),
};

if (argv.includes('--check')) {
  const behind = Object.keys(files).filter((name) => readOr(join(root, name), '') !== files[name]);
  for (const name of behind) console.error(`${name} is behind: npm run build && node scripts/openapi.mjs`);
  process.exit(behind.length > 0 ? 1 : 0);
}
for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
console.log(`${Object.keys(document.paths).length} paths described`);
process.exit(0);

async function describeServer() {
  const load = (path) => import(pathToFileURL(join(dist, 'src', path)).href);
  const [{ NestFactory }, { AppModule, configSlices }, { loadConfig }, { PlatformConfig }, { httpAdapter }, docs] =
    await Promise.all([
      import('@nestjs/core'),
      load('app.module.js'),
      load('platform/config/load-config.js'),
      load('platform/config/platform.config.js'),
      load('platform/http/http-server.js'),
      load('platform/http/api-docs.js'),
    ]);
  // The same on every machine: nothing of the environment counts. The secrets are for nothing, and only have to exist.
  const secret = () => randomBytes(32).toString('hex');
  const config = loadConfig(configSlices, { NODE_ENV: 'test', ENCRYPTION_KEY: secret(), JWT_SECRET: secret() });
  // A preview reads what is declared and makes none of it.
  const app = await NestFactory.create(
    AppModule.with(config, 'postgres://nowhere.invalid/none'),
    httpAdapter(config.get(PlatformConfig)),
    { preview: true, logger: false, abortOnError: false },
  );
  return docs.describeApi(app);
}

/** Paths and schemas by name, so that the order of modules makes no difference. */
function sorted({ paths, components, ...rest }) {
  const byName = (map) => Object.fromEntries(Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1)));
  return { ...rest, paths: byName(paths), components: { ...components, schemas: byName(components.schemas) } };
}

async function format(text, parser) {
  return await prettier.format(text, { ...(await prettier.resolveConfig(join(root, 'client/index.ts'))), parser });
}

function readOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}
