import { describe, expect, it } from '@jest/globals';
import { givenVariables } from './given-variables.js';

describe('the given variables', () => {
  it('are those that are not empty, as they were given', () => {
    const environment = { PORT: '3000', PUBLIC_URL: '', FRONTEND_URL: ' \t', SANDBOX: ' on ', ROLE: undefined };
    expect(givenVariables(environment)).toEqual({ PORT: '3000', SANDBOX: ' on ' });
  });
});
