import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { i18n } from '@/i18n/i18n';
import { queryClient } from '@/api/query-client';
import { socket } from './fake-socket';

vi.mock('socket.io-client', async () => ({ io: (await import('./fake-socket')).io }));

// What browsers have and jsdom has not.
window.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
})) as never;
window.scrollTo = () => undefined;
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
} as never;
Object.assign(Element.prototype, {
  scrollIntoView: () => undefined,
  hasPointerCapture: () => false,
  releasePointerCapture: () => undefined,
});

configure({ asyncUtilTimeout: 5_000 });

beforeEach(async () => {
  localStorage.clear();
  queryClient.clear();
  socket.reset();
  await i18n.changeLanguage('fr');
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});
