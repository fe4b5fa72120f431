import { describe, expect, it } from '@jest/globals';
import { progressOf } from './sync-progress.js';

describe('the progress of a reading', () => {
  it.each([
    ['nothing at first', {}, { done: 0, total: null }],
    ['a page of bookings, batch by batch', { listed: 0, read: 25, expected: 60 }, { done: 25, total: 60 }],
    ['the second page, behind the first', { listed: 100, read: 125, expected: 160 }, { done: 125, total: 160 }],
    ['what was listed and had not moved as done', { listed: 100, read: 3, expected: 200 }, { done: 100, total: 200 }],
    ['no end that is not known', { listed: 250, created: 250 }, { done: 250, total: null }],
    ['never more than there is', { listed: 300, read: 10, expected: 200 }, { done: 300, total: 300 }],
  ])('shows %s', (_what, counts, expected) => {
    expect(progressOf({ counts })).toEqual(expected);
  });
});
