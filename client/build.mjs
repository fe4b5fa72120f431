// The client as JavaScript with its declarations, in `dist`.
import { execFileSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const typescript = createRequire(import.meta.url).resolve('typescript/bin/tsc');

// What a former build has left is not to be packed.
rmSync(path('dist'), { recursive: true, force: true });
execFileSync(process.execPath, [typescript, '-p', path('tsconfig.build.json')], { stdio: 'inherit' });
// A declaration already: the compiler reads it, and writes nothing for it.
copyFileSync(path('src/schema.d.ts'), path('dist/schema.d.ts'));
