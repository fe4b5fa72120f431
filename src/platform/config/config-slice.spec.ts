import { describe, expect, it } from '@jest/globals';
import { type ConfigSlice, configSlice } from './config-slice.js';
import { oneOf, text, wholeNumber } from './variables.js';

class Garden {
  constructor(
    readonly trees: number,
    readonly season: string,
    readonly keeper: string | undefined,
  ) {}
}

const garden = configSlice(
  Garden,
  {
    GARDEN_TREES: wholeNumber(0, 99).default(3),
    GARDEN_SEASON: oneOf('spring', 'winter').default('spring'),
    GARDEN_KEEPER: text().optional(),
  },
  (env, report) => {
    if (env.GARDEN_SEASON === 'winter' && env.GARDEN_KEEPER === undefined) {
      report('GARDEN_KEEPER', 'is required in winter');
    }
    return new Garden(env.GARDEN_TREES, env.GARDEN_SEASON, env.GARDEN_KEEPER);
  },
);

const shed = configSlice(
  Garden,
  { SHED_KEY: text().length(8, { error: 'must have 8 letters' }).optional() },
  (env, report) => {
    if (env.SHED_KEY === undefined) report('SHED_KEY', 'is required');
    return new Garden(0, 'spring', env.SHED_KEY);
  },
);

const read = (environment: Record<string, string>) => readSlice(garden, environment);
const readShed = (environment: Record<string, string>) => readSlice(shed, environment);

function readSlice(slice: ConfigSlice<Garden>, environment: Record<string, string>) {
  const faults: string[] = [];
  const value = slice.read(environment, (variable, message) => faults.push(`${variable} ${message}`));
  return { value, faults };
}

describe('a slice of the configuration', () => {
  it('is an object of its class, with the defaults of what is not set', () => {
    const { value } = read({ GARDEN_KEEPER: 'Camille' });
    expect(value).toEqual(new Garden(3, 'spring', 'Camille'));
    expect(value).toBeInstanceOf(Garden);
  });

  it('takes an empty line for not set, and space around a value for nothing', () => {
    expect(read({ GARDEN_TREES: '', GARDEN_SEASON: '  ', GARDEN_KEEPER: ' Camille\t' }).value).toEqual(
      new Garden(3, 'spring', 'Camille'),
    );
  });

  it('reports each faulty variable, and is nothing then', () => {
    expect(read({ GARDEN_TREES: 'many', GARDEN_SEASON: 'monsoon' })).toEqual({
      value: undefined,
      faults: ['GARDEN_TREES must be a whole number from 0 to 99', 'GARDEN_SEASON must be one of spring, winter'],
    });
  });

  it('reports what is wrong only in company', () => {
    expect(read({ GARDEN_SEASON: 'winter' }).faults).toEqual(['GARDEN_KEEPER is required in winter']);
    expect(read({ GARDEN_SEASON: 'winter', GARDEN_KEEPER: 'Camille' }).faults).toEqual([]);
  });

  it('reports what is wrong in company beside what is wrong alone, each variable once', () => {
    expect(read({ GARDEN_TREES: 'many', GARDEN_SEASON: 'winter' })).toEqual({
      value: undefined,
      faults: ['GARDEN_TREES must be a whole number from 0 to 99', 'GARDEN_KEEPER is required in winter'],
    });
  });

  it('says only what is wrong with a variable that is there, not that it is missing too', () => {
    const { faults } = readShed({ SHED_KEY: 'short' });
    expect(faults).toEqual(['SHED_KEY must have 8 letters']);
  });

  it('sees no variable but its own', () => {
    expect(read({ TREES: '7', garden_trees: '7' }).value?.trees).toBe(3);
  });
});
