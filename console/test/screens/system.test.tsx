import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeServer, META, problem } from '../fake-server';
import { expectAccessible, openAt } from '../screen';

const SERVER = {
  'GET /api/meta': { ...META, features: { mail: false, registration_open: true, docs: true } },
  'GET /health/ready': {
    status: 'ok',
    details: { database: { status: 'up' }, worker: { status: 'up', state: 'running' } },
  },
  'GET /api/doctor': {
    status: 'error',
    addresses: [
      {
        provider: 'calendly',
        name: 'Calendly',
        configured: false,
        missing_variables: ['CALENDLY_CLIENT_ID'],
        redirect_uri: 'https://crm.example/auth/calendly/callback',
        webhook_url: 'https://crm.example/api/calendly/webhook',
        reachable: null,
      },
      {
        provider: 'outlook',
        name: 'Outlook',
        configured: true,
        missing_variables: [],
        redirect_uri: 'https://crm.example/calendar/callback/outlook',
        webhook_url: null,
        reachable: false,
      },
    ],
    queue: { workers: 1, waiting: 12, oldest_minutes: 3, parked: 0 },
    findings: [
      {
        code: 'mail/login-refused',
        severity: 'error',
        cause: { fr: 'Le serveur de courriel refuse l’identification.', en: 'The mail server refuses the login.' },
        repair: { fr: 'Corrigez SMTP_URL.', en: 'Mend SMTP_URL.' },
      },
    ],
  },
};

describe('the system', () => {
  it('tells what is wrong and what to do, what runs, and which addresses to copy', async () => {
    fakeServer(SERVER);
    await openAt('/system');
    await screen.findByText('Le serveur de courriel refuse l’identification.');
    expect(screen.getByText('Corrigez SMTP_URL.')).toBeTruthy();
    expect(await screen.findByText('Prêt')).toBeTruthy();
    expect(screen.getByText('https://crm.example/auth/calendly/callback')).toBeTruthy();
    expect(screen.getByText('CALENDLY_CLIENT_ID')).toBeTruthy();
    expect(screen.getAllByText('Injoignable')).toHaveLength(1);
    expect(screen.queryByText('Joignable')).toBeNull();
    expect(screen.getByText('En attente').nextElementSibling?.textContent).toBe('12');
    expect(screen.getByText('3 minutes')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Documentation de l’API' }).getAttribute('href')).toMatch(/\/docs$/);
    await expectAccessible();
  });

  it('takes a server that is not ready for an answer', async () => {
    fakeServer({
      ...SERVER,
      'GET /health/ready': Response.json(
        { status: 'error', details: { database: { status: 'up' }, worker: { status: 'down', state: 'stopped' } } },
        { status: 503 },
      ),
    });
    await openAt('/system');
    await screen.findByText('Pas prêt');
    expect(screen.getByText('Travaux en arrière-plan').textContent).toContain('arrêtés');
    expect(screen.getByText('Arrêté')).toBeTruthy();
  });

  it('shows a card that cannot be had as such, and leaves the others alone', async () => {
    fakeServer({ ...SERVER, 'GET /api/doctor': problem(403, 'session/role-required', 'Réservé aux administrateurs') });
    await openAt('/system');
    const [alert] = await screen.findAllByRole('alert');
    expect(alert!.textContent).toContain('Réservé aux administrateurs');
    await screen.findByText('0.1.0');
  });
});
