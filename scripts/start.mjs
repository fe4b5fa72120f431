// Builds what is missing or older than its sources, then becomes the application.
import { buildWhenStale } from './build-when-stale.mjs';

buildWhenStale({ withConsole: true });
await import(new URL('../dist/src/main.js', import.meta.url));
