import type { UnitOfWork } from '../../database/unit-of-work.js';
import type { Keyring } from '../keyring.js';

/** What work on keys stands on. It runs beside the application and shares nothing with it but the database. */
export interface KeyDesk {
  readonly work: UnitOfWork;
  /** The configured keys, and those that were given to the command. */
  readonly keyring: Keyring;
  /** One line for whoever watches: ids and counts, never a key. */
  readonly say: (line: string) => void;
}

/** Why a command did nothing: a step before it is missing. Trying again without that step changes nothing. */
export class KeyWorkRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeyWorkRefused';
  }
}
