import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { askAgain } from '@/api/server-link';
import { queryClient } from '@/api/query-client';
import { fakeServer, ME, META, unreachable } from '../fake-server';
import { socket } from '../fake-socket';
import { expectAccessible, openAt } from '../screen';

const EMPTY = { 'GET /api/prospects': [], 'GET /api/integrations': [], 'GET /api/formations': [] };

describe('what stands around the screens', () => {
  it('leads everywhere a person may go, and names where they are', async () => {
    fakeServer({ ...EMPTY, 'GET /api/auth/me': { ...ME, role: 'member' } });
    await openAt('/prospects');
    const navigation = within(await screen.findByRole('navigation', { name: 'Navigation principale' }));
    expect(navigation.getByRole('link', { name: 'Prospects' }).getAttribute('aria-current')).toBe('page');
    expect(navigation.queryByRole('link', { name: 'Webhooks' })).toBeNull();
    expect(navigation.queryByRole('link', { name: 'Bac à sable' })).toBeNull();
    expect(document.title).toBe('Prospects · Passerelle');
    await expectAccessible();
  });

  it('says that the services are simulated', async () => {
    fakeServer({
      ...EMPTY,
      'GET /api/meta': { ...META, is_sandbox: true, sandbox_url: 'http://127.0.0.1:4010' },
    });
    await openAt('/prospects');
    // The ribbon on top, and the way to the screen of that name.
    await waitFor(() => expect(screen.getAllByRole('link', { name: 'Bac à sable' })).toHaveLength(2));
  });

  it('moves the focus to the heading of a new screen, not when a filter changes', async () => {
    fakeServer(EMPTY);
    await openAt('/prospects');
    await userEvent.click(await screen.findByRole('link', { name: 'Connexions' }));
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Connexions'));
    await userEvent.click(screen.getByRole('link', { name: 'Prospects' }));
    const field = await screen.findByRole('searchbox');
    await userEvent.type(field, 'zoé');
    await waitFor(() => expect(document.activeElement).toBe(field));
  });

  it('speaks the other language at once, and asks the server in it', async () => {
    fakeServer(EMPTY);
    await openAt('/prospects');
    await userEvent.click(await screen.findByRole('button', { name: 'EN, English' }));
    expect(await screen.findByRole('link', { name: 'Connections' })).toBeTruthy();
    expect(document.documentElement.lang).toBe('en');
    expect(localStorage.getItem('passerelle.language')).toBe('en');
  });

  it('takes the theme that was chosen', async () => {
    fakeServer(EMPTY);
    await openAt('/prospects');
    await userEvent.click(await screen.findByRole('button', { name: 'CD, Compte de Camille Dubois' }));
    await userEvent.click(await screen.findByRole('menuitemradio', { name: 'Sombre' }));
    expect(document.documentElement.dataset['theme']).toBe('dark');
  });

  it('tells whether it is live, and counts what is unread', async () => {
    fakeServer({ ...EMPTY, 'GET /api/notifications/unread-count': { count: 3 } });
    await openAt('/prospects');
    expect(await screen.findByText('En direct', { selector: 'span:not(.sr-only)' })).toBeTruthy();
    expect(await screen.findByRole('link', { name: /3 non lues/ })).toBeTruthy();
    act(() => socket.emitHere('disconnect', 'transport close'));
    expect(await screen.findByText('Reconnexion…', { selector: 'span:not(.sr-only)' })).toBeTruthy();
  });

  it('keeps what is on screen while the server is gone, and brings it up to date when it is back', async () => {
    let isAway = false;
    const answers = (found: unknown) => () => (isAway ? unreachable() : found);
    const zoe = {
      id: 'z',
      firstname: 'Zoé',
      lastname: '',
      email: null,
      phone: null,
      status: 'new',
      source: 'manual',
      notes: '',
      created_at: ME.id && '2026-01-01T00:00:00Z',
      updated_at: '2026-01-01T00:00:00Z',
    };
    fakeServer({
      ...EMPTY,
      'GET /api/prospects': answers([zoe]),
      'GET /health/ready': answers({ status: 'ok' }),
      'GET /api/notifications/unread-count': answers({ count: 0 }),
      'GET /api/auth/me': answers(ME),
    });
    await openAt('/prospects');
    await screen.findByRole('link', { name: 'Zoé' });
    isAway = true;
    await act(() => queryClient.invalidateQueries());
    expect(await screen.findByText('Le serveur ne répond plus.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Zoé' })).toBeTruthy();
    await expectAccessible();
    isAway = false;
    zoe.firstname = 'Zoé-Anne';
    await act(() => askAgain());
    expect(await screen.findByRole('link', { name: 'Zoé-Anne' })).toBeTruthy();
    expect(screen.queryByText('Le serveur ne répond plus.')).toBeNull();
  });

  it('has a page for addresses that do not exist', async () => {
    fakeServer(EMPTY);
    await openAt('/nowhere');
    expect(await screen.findByRole('heading', { name: 'Cette page n’existe pas' })).toBeTruthy();
    await expectAccessible();
  });
});

describe('the home page', () => {
  it('ticks what has happened and leads to what comes next', async () => {
    fakeServer(EMPTY);
    await openAt('/');
    expect(await screen.findByText('0 étapes sur 4')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Connecter' }).getAttribute('href')).toMatch(/\/connections$/);
    await expectAccessible();
  });
});
