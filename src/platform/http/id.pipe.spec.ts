import { describe, expect, it } from '@jest/globals';
import { newId } from '../database/identifiers.js';
import { IdPipe } from './id.pipe.js';

describe('an id in a path', () => {
  const pipe = new IdPipe();

  it('is one of ours, in small letters', () => {
    const id = newId();
    expect(pipe.transform(id)).toBe(id);
    expect(pipe.transform(id.toUpperCase())).toBe(id);
  });

  it.each([
    '',
    '7',
    'undefined',
    '../../etc/passwd',
    `' OR 1=1 --`,
    '0198f3c27a517cc398c4dc0c0c07398f',
    '{0198f3c2-7a51-7cc3-98c4-dc0c0c07398f}',
    '0198f3c2-7a51-7cc3-98c4-dc0c0c07398g',
    '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f\n',
    ' 0198f3c2-7a51-7cc3-98c4-dc0c0c07398f',
  ])('is not %j', (value) => {
    expect(() => pipe.transform(value)).toThrow('request/invalid');
  });

  it('that came as a list is refused as well', () => {
    expect(() => pipe.transform([newId()] as unknown as string)).toThrow('request/invalid');
  });
});
