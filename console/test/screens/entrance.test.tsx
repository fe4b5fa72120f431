import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { queryClient } from '@/api/query-client';
import { followSessionEnd } from '@/api/session-end';
import { fakeServer, ME, problem } from '../fake-server';
import { expectAccessible, openAt } from '../screen';

const TOKENS = {
  access_token: 'access-1',
  refresh_token: 'refresh-1',
  token_type: 'Bearer',
  expires_in: 900,
  user: ME,
};

describe('the way in', () => {
  it('leads to the page that was asked for, filters and all', async () => {
    const { asked } = fakeServer({ 'POST /api/auth/login': TOKENS, 'GET /api/prospects': [] });
    const { address } = await openAt('/prospects?status=new', { isSignedIn: false });
    await waitFor(() => expect(address()).toContain('/login'));
    await expectAccessible();
    await userEvent.type(await screen.findByLabelText('Adresse e-mail'), 'camille@atelier.test');
    await userEvent.type(screen.getByLabelText('Mot de passe'), 'secret secret');
    await userEvent.click(screen.getByRole('button', { name: 'Se connecter' }));
    await waitFor(() => expect(address()).toMatch(/\/prospects\?status=new$/));
    expect(asked.find(({ path }) => path === '/api/auth/login')?.body).toEqual({
      email: 'camille@atelier.test',
      password: 'secret secret',
    });
  });

  it('goes nowhere else than within the console', async () => {
    fakeServer({
      'POST /api/auth/login': TOKENS,
      'GET /api/integrations': [],
      'GET /api/prospects': [],
      'GET /api/formations': [],
    });
    const { address } = await openAt('/login?next=//evil.example', { isSignedIn: false });
    await userEvent.type(await screen.findByLabelText('Adresse e-mail'), 'a@b.test');
    await userEvent.type(screen.getByLabelText('Mot de passe'), 'x');
    await userEvent.click(screen.getByRole('button', { name: 'Se connecter' }));
    await waitFor(() => expect(address()).not.toContain('login'));
    expect(address()).not.toContain('evil');
  });

  it('says what is wrong, and keeps what was typed', async () => {
    fakeServer({
      'POST /api/auth/login': problem(401, 'account/credentials-invalid', 'Adresse e-mail ou mot de passe incorrect'),
    });
    await openAt('/login', { isSignedIn: false });
    const email = await screen.findByLabelText<HTMLInputElement>('Adresse e-mail');
    await userEvent.click(screen.getByRole('button', { name: 'Se connecter' }));
    expect(screen.getByRole('alert').textContent).toContain('2 champs sont à corriger');
    expect(screen.getByRole('link', { name: 'Mot de passe' }).getAttribute('href')).toBe(
      `#${screen.getByLabelText('Mot de passe').id}`,
    );
    expect(email.getAttribute('aria-invalid')).toBe('true');
    await userEvent.type(email, 'a@b.test');
    await userEvent.type(screen.getByLabelText('Mot de passe'), 'faux');
    await userEvent.click(screen.getByRole('button', { name: 'Se connecter' }));
    expect(await screen.findByText('Adresse e-mail ou mot de passe incorrect')).toBeTruthy();
    expect(email.value).toBe('a@b.test');
    await expectAccessible();
  });

  it('offers the demo account where the server has one', async () => {
    const demo = { email: 'demo@passerelle.test', password: 'passerelle-demo' };
    const { asked } = fakeServer({
      'GET /trial/config.json': { public_url: 'http://localhost', sandbox_url: 'http://127.0.0.1:4010', demo },
      'POST /api/auth/login': TOKENS,
      'GET /api/integrations': [],
      'GET /api/prospects': [],
      'GET /api/formations': [],
    });
    await openAt('/login', { isSignedIn: false });
    await userEvent.click(await screen.findByRole('button', { name: 'Entrer avec le compte de démonstration' }));
    await waitFor(() => expect(asked.find(({ path }) => path === '/api/auth/login')?.body).toEqual(demo));
  });

  it('registers an organization, and shows what the server refuses at its field', async () => {
    fakeServer({
      'POST /api/auth/register': problem(400, 'request/invalid', 'La requête est invalide', {
        errors: [{ pointer: '/password', message: 'Dix caractères au moins' }],
      }),
    });
    await openAt('/register', { isSignedIn: false });
    await userEvent.type(await screen.findByLabelText('Organisation'), 'Atelier');
    await userEvent.type(screen.getByLabelText('Votre nom'), 'Camille');
    await userEvent.type(screen.getByLabelText('Adresse e-mail'), 'c@a.test');
    await userEvent.type(screen.getByLabelText('Mot de passe'), 'court');
    await userEvent.click(screen.getByRole('button', { name: 'Créer un compte' }));
    await waitFor(() => expect(screen.getByLabelText('Mot de passe').getAttribute('aria-invalid')).toBe('true'));
    await expectAccessible();
  });

  it.each([
    ['/login', 'current-password'],
    ['/register', 'new-password'],
  ])(
    'masks the password at %s, shows it to whoever asks, and lets managers and pasting fill it in',
    async (path, kind) => {
      fakeServer({});
      await openAt(path, { isSignedIn: false });
      const field = await screen.findByLabelText<HTMLInputElement>('Mot de passe');
      expect([field.type, field.autocomplete]).toEqual(['password', kind]);
      await userEvent.click(field);
      await userEvent.paste('une phrase collée');
      expect(field.value).toBe('une phrase collée');

      const show = screen.getByRole('button', { name: 'Afficher la saisie' });
      await userEvent.click(show);
      expect([field.type, field.value, show.getAttribute('aria-pressed')]).toEqual([
        'text',
        'une phrase collée',
        'true',
      ]);
      await expectAccessible();
      await userEvent.click(show);
      expect(field.type).toBe('password');
    },
  );

  it('is shown when the session ends under an open page, and leads back', async () => {
    let isOver = false;
    fakeServer({
      'GET /api/prospects': () => (isOver ? problem(401, 'session/invalid', 'Session terminée') : []),
      'POST /api/auth/refresh': problem(401, 'account/refresh-token-invalid', 'Jeton invalide'),
    });
    const { router, address } = await openAt('/prospects?source=calendly');
    followSessionEnd(router, queryClient);
    await screen.findByText('Rien ne correspond à ces filtres');
    isOver = true;
    await act(() => queryClient.invalidateQueries());
    expect(await screen.findByText('Votre session est terminée.')).toBeTruthy();
    expect(new URLSearchParams(address().split('?')[1]).get('next')).toMatch(/\/prospects\?source=calendly$/);
  });
});
