import { describe, expect, it } from '@jest/globals';
import { renderServerSettings } from './server-settings.js';

describe('renderServerSettings', () => {
  it('opens one port on loopback and nothing else', () => {
    const settings = renderServerSettings({ port: 5555, isDisposable: false });
    expect(settings).toContain("listen_addresses = '127.0.0.1'\n");
    expect(settings).toContain("port = '5555'\n");
    expect(settings).toContain("unix_socket_directories = ''\n");
  });

  it('trades durability for speed only in a disposable cluster', () => {
    const risky = /fsync|full_page_writes|synchronous_commit/;
    expect(renderServerSettings({ port: 1, isDisposable: false })).not.toMatch(risky);
    expect(renderServerSettings({ port: 1, isDisposable: true })).toMatch(risky);
  });
});
