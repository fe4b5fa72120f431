import { resolve } from 'node:path';
import { configSlice } from '../config/config-slice.js';
import { text } from '../config/variables.js';
import { PRODUCT } from '../product.js';

export class ConsoleConfig {
  constructor(
    /** Where the built console is, if it has been built. */
    readonly folder: string,
  ) {}
}

export const consoleConfig = configSlice(
  ConsoleConfig,
  { CONSOLE_DIR: text().optional() },
  (env) => new ConsoleConfig(resolve(PRODUCT.folder, env.CONSOLE_DIR ?? 'console/dist')),
);
