// Builds when the build is missing or older than its sources, then becomes the command.
import { buildWhenStale } from './build-when-stale.mjs';

buildWhenStale({ say: console.error });
await import(new URL('../dist/src/password.main.js', import.meta.url));
