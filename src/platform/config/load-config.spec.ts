import { describe, expect, it } from '@jest/globals';
import { configSlice } from './config-slice.js';
import { InvalidConfiguration, loadConfig } from './load-config.js';
import { flag, wholeNumber } from './variables.js';

class Kitchen {
  constructor(readonly seats: number) {}
}

class Cellar {
  constructor(readonly locked: boolean) {}
}

const kitchen = configSlice(Kitchen, { SEATS: wholeNumber(1, 9).default(4) }, (env) => new Kitchen(env.SEATS));
const cellar = configSlice(Cellar, { LOCKED: flag().default(true), KEYS: wholeNumber(0, 3).optional() }, (env) => {
  return new Cellar(env.LOCKED);
});

function faultsOf(environment: Record<string, string>): InvalidConfiguration {
  try {
    loadConfig([kitchen, cellar], environment);
  } catch (error) {
    if (error instanceof InvalidConfiguration) return error;
    throw error;
  }
  throw new Error('The environment was found to be without fault');
}

describe('the loading of the configuration', () => {
  it('answers every slice under its class', () => {
    const loaded = loadConfig([kitchen, cellar], { SEATS: '2', LOCKED: 'false' });
    expect([loaded.get(Kitchen), loaded.get(Cellar)]).toEqual([new Kitchen(2), new Cellar(false)]);
  });

  it('lists the faults of all slices together', () => {
    expect(faultsOf({ SEATS: '0', LOCKED: 'yes', KEYS: 'x' }).faults).toEqual([
      { variable: 'SEATS', message: 'must be a whole number from 1 to 9' },
      { variable: 'LOCKED', message: 'must be true or false' },
      { variable: 'KEYS', message: 'must be a whole number from 0 to 3' },
    ]);
  });

  it('prints one line for each fault, and never a value', () => {
    const { message } = faultsOf({ SEATS: 'hunter2', LOCKED: 'hunter2' });
    expect(message).toBe(
      'The configuration has faults:\n  SEATS must be a whole number from 1 to 9\n  LOCKED must be true or false',
    );
  });
});
