// Builds what is missing or older than its sources, then becomes the application; with --tour, shows what it does and ends.
import { buildWhenStale } from './build-when-stale.mjs';

if (process.argv.includes('--tour')) {
  await import('./tour.mjs');
} else {
  buildWhenStale({ withConsole: true });
  await import(new URL('../dist/src/main.js', import.meta.url));
}
