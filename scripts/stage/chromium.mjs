import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** Where a Chromium is on this machine; undefined when there is none. `CHROMIUM_PATH` goes before all. */
export function findChromium() {
  const places = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    // Its own, where somebody has had it fetched.
    chromium.executablePath(),
  ];
  return places.find((place) => place && existsSync(place));
}

export const NO_CHROMIUM =
  'No Chromium here (CHROMIUM_PATH, /usr/bin/chromium, /usr/bin/google-chrome, Playwright’s own)';

export function launchChromium(executablePath) {
  // Root may not have Chromium’s own sandbox, and containers are root.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
