import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { fakeServer, ME, problem } from '../fake-server';
import { expectAccessible, openAt } from '../screen';

const OLD = 'quatre mots pris au hasard';
const NEW = 'cinq autres mots pris ailleurs';

async function fillIn(): Promise<void> {
  await userEvent.type(await screen.findByLabelText('Mot de passe actuel'), OLD);
  await userEvent.type(screen.getByLabelText('Nouveau mot de passe'), NEW);
  await userEvent.click(screen.getByRole('button', { name: 'Changer le mot de passe' }));
}

describe('one’s account', () => {
  it('is led to from the menu, and says who one is', async () => {
    fakeServer({ 'GET /api/prospects': [] });
    const { address } = await openAt('/prospects');
    await userEvent.click(await screen.findByRole('button', { name: /Compte de Camille Dubois/ }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Mon compte' }));
    await waitFor(() => expect(address()).toMatch(/\/account$/));
    expect(await screen.findByText('camille@atelier.test')).toBeTruthy();
    expect(screen.getByText('Propriétaire')).toBeTruthy();
    expect(screen.queryByText('Votre mot de passe est provisoire.')).toBeNull();
    await expectAccessible();
  });

  it('changes the password, and forgets what was typed', async () => {
    const { asked } = fakeServer({ 'POST /api/auth/password': { success: true } });
    await openAt('/account');
    await fillIn();
    expect(await screen.findByText('Mot de passe changé')).toBeTruthy();
    expect(asked.find(({ path }) => path === '/api/auth/password')?.body).toEqual({
      current_password: OLD,
      new_password: NEW,
    });
    for (const name of ['Mot de passe actuel', 'Nouveau mot de passe']) {
      const field = screen.getByLabelText<HTMLInputElement>(name);
      expect([field.type, field.value]).toEqual(['password', '']);
    }
  });

  it.each([
    ['Mot de passe actuel', '/current_password', 'N’est pas votre mot de passe actuel'],
    ['Nouveau mot de passe', '/new_password', 'Est l’un des mots de passe les plus répandus'],
  ])('shows at its field what the server refuses of: %s', async (name, pointer, message) => {
    fakeServer({
      'POST /api/auth/password': problem(400, 'account/password-wrong', 'Refusé', { errors: [{ pointer, message }] }),
    });
    await openAt('/account');
    await fillIn();
    const field = screen.getByLabelText<HTMLInputElement>(name);
    await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
    const described = field.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(described.map((id) => document.getElementById(id)?.textContent)).toContain(message);
    expect(field.value).not.toBe('');
    await expectAccessible();
  });

  it('has no form for somebody who comes from a host application', async () => {
    fakeServer({ 'GET /api/auth/me': { ...ME, has_password: false } });
    await openAt('/account');
    expect(await screen.findByText(/vous n’avez pas de mot de passe ici/)).toBeTruthy();
    expect(screen.queryByLabelText('Mot de passe actuel')).toBeNull();
  });

  it('says everywhere that a password is temporary, until it is changed', async () => {
    let expiry: string | null = '2026-11-22T10:00:00.000Z';
    const { asked } = fakeServer({
      'GET /api/auth/me': () => ({ ...ME, password_expires_at: expiry }),
      'GET /api/prospects': [],
      'POST /api/auth/password': () => {
        expiry = null;
        return { success: true };
      },
    });
    const { address } = await openAt('/prospects');
    const banner = await screen.findByText('Votre mot de passe est provisoire.');
    expect(banner.parentElement?.textContent).toContain('22/11/2026 11:00');
    await expectAccessible();
    await userEvent.click(screen.getByRole('link', { name: 'Changer le mot de passe' }));
    await waitFor(() => expect(address()).toMatch(/\/account$/));
    await fillIn();
    await waitFor(() => expect(screen.queryByText('Votre mot de passe est provisoire.')).toBeNull());
    expect(asked.filter(({ path }) => path === '/api/auth/me').length).toBeGreaterThan(1);
  });
});
