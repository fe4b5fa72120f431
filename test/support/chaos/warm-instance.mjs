// `warm-instance.mjs <folder of the compiled product>`: everything is loaded, and the product starts at SIGUSR2. Whoever
// kills processes by the dozen need not wait each time for a thousand files to be read.
// CLOCK_SKEW_MS sets this process's clock ahead, or back: nothing in the product can do that.
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';

const skewMs = Number(process.env.CLOCK_SKEW_MS ?? 0);
if (skewMs !== 0) {
  const RealDate = Date;
  globalThis.Date = class Date extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(RealDate.now() + skewMs);
      else super(...given);
    }

    static now() {
      return RealDate.now() + skewMs;
    }
  };
}
delete process.env.CLOCK_SKEW_MS;

const product = pathToFileURL(`${process.argv[2]}/`);
await import('reflect-metadata');
await import(new URL('application.js', product).href);
const started = once(process, 'SIGUSR2');
const idle = setInterval(() => undefined, 60_000);
process.stdout.write('warm\n');
await started;
clearInterval(idle);
await import(new URL('main.js', product).href);
