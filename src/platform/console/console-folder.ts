import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { ConsoleConfig } from './console.config.js';

/** The built console, looked for each time: it may be built while the server runs. */
@Injectable()
export class ConsoleFolder {
  readonly path: string;

  constructor(config: ConsoleConfig) {
    this.path = config.folder;
  }

  async isBuilt(): Promise<boolean> {
    try {
      await access(join(this.path, 'index.html'));
      return true;
    } catch {
      return false;
    }
  }
}
