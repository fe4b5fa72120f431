import { describe, expect, it } from '@jest/globals';
import { requestIdOf } from './call-trace.js';

describe('the name of a provider’s answer', () => {
  it.each([
    [{ 'request-id': 'e1b3f7a0-1' }, 'e1b3f7a0-1'],
    [{ 'x-request-id': 'req_42' }, 'req_42'],
    [{ 'request-id': 'first', 'x-request-id': 'second' }, 'first'],
    [{}, null],
    [{ 'request-id': 'two words' }, null],
    [{ 'request-id': 'ada@example.test' }, null],
    [{ 'request-id': 'x'.repeat(101) }, null],
  ])('in %j is %j', (headers: Record<string, string>, id) => {
    expect(requestIdOf(headers)).toBe(id);
  });
});
