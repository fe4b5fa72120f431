import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { act, render } from '@testing-library/react';
import axe from 'axe-core';
import { expect } from 'vitest';
import { queryClient } from '@/api/query-client';
import { session } from '@/api/passerelle';
import { createConsoleRouter } from '@/router';
import { ME } from './fake-server';

export function signIn(): void {
  const { organization: _, ...user } = ME;
  localStorage.setItem(
    'passerelle.session',
    JSON.stringify({ accessToken: 'access-1', refreshToken: 'refresh-1', user }),
  );
  expect(session.current).not.toBeNull();
}

/** The whole console, opened at an address by somebody who is signed in. */
export async function openAt(path: string, { isSignedIn = true } = {}) {
  if (isSignedIn) signIn();
  const history = createMemoryHistory({ initialEntries: [`${import.meta.env.BASE_URL.replace(/\/$/, '')}${path}`] });
  const router = createConsoleRouter(history);
  const view = render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  await act(() => router.load());
  return { ...view, router, address: () => router.state.location.href };
}

// Colours are not computed here: test/contrast.test.ts checks them by themselves.
const RULES = { 'color-contrast': { enabled: false } };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** WCAG 2.2 AA, as far as a program can tell. */
export async function expectAccessible(element: Element = document.body): Promise<void> {
  const { violations } = await axe.run(element, {
    runOnly: { type: 'tag', values: TAGS },
    rules: RULES,
    resultTypes: ['violations'],
    // There are no style sheets to fetch.
    preload: false,
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}
