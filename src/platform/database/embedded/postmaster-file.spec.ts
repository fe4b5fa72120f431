import { describe, expect, it } from '@jest/globals';
import { parsePostmasterFile } from './postmaster-file.js';

describe('parsePostmasterFile', () => {
  it('reads process and port of a running server', () => {
    const content = '5160\n/var/lib/pg\n1795255588\n54999\n\n127.0.0.1\n  2146548         4\nready   \n';
    expect(parsePostmasterFile(content)).toEqual({ pid: 5160, port: 54999 });
  });

  it('reads the line ends that Windows writes', () => {
    expect(parsePostmasterFile('5160\r\nC:/pg\r\n1795255588\r\n54999\r\n')).toEqual({ pid: 5160, port: 54999 });
  });

  it('knows no port while the server has not written one', () => {
    expect(parsePostmasterFile('5160\n/var/lib/pg\n1795255588\n')).toEqual({ pid: 5160, port: null });
  });

  it('takes a standalone backend for the holder of the folder', () => {
    expect(parsePostmasterFile('-77\n/var/lib/pg\n')?.pid).toBe(77);
  });

  it.each(['', '\n', 'nonsense\n', '0\n'])('names nobody for %j', (content) => {
    expect(parsePostmasterFile(content)).toBeNull();
  });
});
