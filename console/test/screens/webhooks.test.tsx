import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { fakeServer, problem } from '../fake-server';
import { expectAccessible, openAt } from '../screen';

const DEAD = {
  id: '0198f3c2-0000-7000-8000-0000000000d1',
  provider: 'calendly',
  integration_id: '0198f3c2-0000-7000-8000-0000000000e1',
  event_type: 'invitee.created',
  state: 'dead',
  attempts: 8,
  error_code: 'payload-malformed',
  booking_id: null,
  effect: null,
  last_effect: null,
  body_kept: true,
  received_at: '2026-01-12T09:15:30.000Z',
  processed_at: '2026-01-12T21:15:30.000Z',
};
const GONE = { ...DEAD, id: '0198f3c2-0000-7000-8000-0000000000d2', body_kept: false };
const DETAIL = {
  ...DEAD,
  explanation: 'Il manque à l’événement ce que le fournisseur documente.',
  headers: { 'user-agent': 'Calendly' },
  caused: {
    booking: {
      id: 'b1',
      effect: 'created',
      event_name: 'Découverte 30min',
      starts_at: '2026-01-16T15:30:00.000Z',
      status: 'active',
    },
    prospect: { id: 'p1', effect: 'created' },
    note: { id: 'n1', text: 'Rendez-vous Calendly prévu', updated_at: '2026-01-12T09:15:30.000Z' },
    notifications: [],
    mails: [{ id: 'm1', kind: 'booking_created', state: 'sent', created_at: '2026-01-12T09:15:30.000Z' }],
  },
};

describe('what came in', () => {
  it('is a table, whose filters and open row are in the address', async () => {
    const { asked } = fakeServer({ 'GET /api/deliveries': [DEAD], 'GET /api/deliveries/:id': DETAIL });
    const { address } = await openAt('/webhooks');
    const table = await screen.findByRole('table', { name: /Livraisons reçues/ });
    expect(within(table).getByText('Abandonnée')).toBeTruthy();
    await expectAccessible();
    await userEvent.selectOptions(screen.getByLabelText('État'), 'dead');
    await waitFor(() => expect(address()).toContain('state=dead'));
    expect(asked.findLast(({ path }) => path === '/api/deliveries')?.query.get('state')).toBe('dead');

    await userEvent.click(within(table).getByRole('link'));
    const drawer = await screen.findByRole('dialog', { name: 'invitee.created' });
    await within(drawer).findByText(DETAIL.explanation);
    expect(address()).toContain(`open=${DEAD.id}`);
    expect(within(drawer).getByRole('link', { name: 'Voir la fiche' }).getAttribute('href')).toMatch(/open=p1$/);
    expect(within(drawer).getByRole('link', { name: 'Envoyé' }).getAttribute('href')).toMatch(/mails\?open=m1$/);
    await expectAccessible();
  });

  it('is replayed one by one, and says when that had no effect', async () => {
    let detail = DETAIL;
    const { asked } = fakeServer({
      'GET /api/deliveries': [DEAD],
      'GET /api/deliveries/:id': () => detail,
      'POST /api/deliveries/:id/replay': () => {
        detail = { ...DETAIL, state: 'processed', error_code: null as never, last_effect: 'unchanged' as never };
        return { ...DEAD, state: 'received' };
      },
    });
    await openAt(`/webhooks?open=${DEAD.id}`);
    await userEvent.click(await screen.findByRole('button', { name: 'Rejouer' }));
    await screen.findByText(/^Aucun effet\s: tout était déjà traité\.$/);
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('cannot be replayed without its body, and says so', async () => {
    fakeServer({ 'GET /api/deliveries': [GONE], 'GET /api/deliveries/:id': { ...DETAIL, body_kept: false } });
    await openAt(`/webhooks?open=${GONE.id}`);
    await screen.findByText(/ne peut plus être rejouée/);
    expect(screen.queryByRole('button', { name: 'Rejouer' })).toBeNull();
  });

  it('is replayed by filter: counted first, then asked, then followed to its end', async () => {
    let isReplayed = false;
    const { asked } = fakeServer({
      'GET /api/deliveries': () => (isReplayed ? [{ ...DEAD, state: 'processed', attempts: 9 }, GONE] : [DEAD, GONE]),
      'POST /api/deliveries/replay': () => {
        isReplayed = true;
        return { success: true, count: 1 };
      },
    });
    await openAt('/webhooks?state=dead');
    await userEvent.click(await screen.findByRole('button', { name: 'Rejouer en lot…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Rejouer en lot' });
    await within(dialog).findByText('1 livraison correspond');
    expect(within(dialog).getByText(/n’a plus son contenu/)).toBeTruthy();
    expect(asked.some(({ method }) => method === 'POST')).toBe(false);
    await expectAccessible();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Rejouer 1 livraison' }));
    await within(dialog).findByText('1 livraison rejouée');
    expect(asked.find(({ method }) => method === 'POST')?.body).toMatchObject({ state: 'dead' });
  });

  it('says that nothing came, that nothing matches, or why it could not be loaded', async () => {
    let answer: object = [];
    fakeServer({ 'GET /api/deliveries': () => answer });
    const { router } = await openAt('/webhooks');
    await screen.findByText('Aucune livraison');
    await expectAccessible();
    await router.navigate({ to: '/webhooks', search: { state: 'dead' } });
    await screen.findByText('Rien ne correspond à ces filtres');
    answer = problem(403, 'session/role-required', 'Réservé aux administrateurs');
    await router.navigate({ to: '/webhooks', search: { state: 'ignored' } });
    expect((await screen.findByRole('alert')).textContent).toContain('Réservé aux administrateurs');
  });
});

const ENDPOINT = {
  id: '0198f3c2-0000-7000-8000-0000000000f1',
  url: 'https://crm.example/hooks/passerelle',
  events: ['prospect.created'],
  enabled: true,
  disabled_reason: null,
  last_success_at: null,
  failing_since: '2026-01-12T09:15:30.000Z',
  previous_secret_until: null,
  created_at: '2026-01-12T09:15:30.000Z',
  updated_at: '2026-01-12T09:15:30.000Z',
};
const MESSAGE = {
  id: '0198f3c2-0000-7000-8000-0000000000f2',
  message_id: 'msg_1',
  event_type: 'prospect.created',
  subject: 'prospect:p1',
  state: 'failed',
  attempts: 9,
  last_status: 500,
  last_error: 'status',
  next_try_at: null,
  created_at: '2026-01-12T09:15:30.000Z',
  done_at: null,
};

describe('what goes out', () => {
  it('shows the secret of a new address once', async () => {
    const rows: object[] = [];
    const { asked } = fakeServer({
      'GET /api/webhooks': () => rows,
      'POST /api/webhooks': () => {
        rows.push(ENDPOINT);
        return { ...ENDPOINT, secret: 'whsec_shown_once' };
      },
    });
    await openAt('/webhooks?tab=sent');
    await screen.findByText('Aucune application prévenue');
    await expectAccessible();
    await userEvent.click(screen.getByRole('button', { name: 'Ajouter une adresse' }));
    const form = await screen.findByRole('dialog', { name: 'Ajouter une adresse' });
    await userEvent.type(within(form).getByLabelText(/^Adresse/), ENDPOINT.url);
    await userEvent.click(within(form).getByRole('checkbox', { name: /Rendez-vous pris/ }));
    await expectAccessible();
    await userEvent.click(within(form).getByRole('button', { name: 'Enregistrer' }));
    const secret = await screen.findByRole('dialog', { name: 'Le secret de signature' });
    expect(secret.textContent).toContain('whsec_shown_once');
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({
      url: ENDPOINT.url,
      events: ['prospect.created', 'booking.moved', 'booking.canceled'],
      enabled: true,
    });
    await userEvent.click(within(secret).getByRole('button', { name: 'Je l’ai copié' }));
    expect(document.body.textContent).not.toContain('whsec_shown_once');
    await screen.findByRole('link', { name: ENDPOINT.url });
  });

  it('tells why a message failed, and sends it again', async () => {
    const { asked } = fakeServer({
      'GET /api/webhooks': [ENDPOINT],
      'GET /api/webhooks/:id/deliveries': [MESSAGE],
      'GET /api/webhooks/:id/deliveries/:id': {
        ...MESSAGE,
        attempt_entries: [{ attempt: 1, at: MESSAGE.created_at, duration_ms: 87, status: 500, error: 'status' }],
        payload: { type: 'prospect.created' },
      },
      'POST /api/webhooks/:id/deliveries/:id/resend': MESSAGE,
    });
    const { address } = await openAt(`/webhooks?tab=sent&open=${ENDPOINT.id}`);
    const drawer = await screen.findByRole('dialog', { name: ENDPOINT.url });
    expect(within(drawer).getByText('Les envois échouent depuis')).toBeTruthy();
    await userEvent.click(await within(drawer).findByRole('button', { name: /prospect\.created/ }));
    await within(drawer).findByText('L’application a répondu autre chose que 2xx.');
    expect(address()).toContain(`message=${MESSAGE.id}`);
    await expectAccessible();
    await userEvent.click(within(drawer).getByRole('button', { name: 'Renvoyer' }));
    await waitFor(() => expect(asked.some(({ path }) => path.endsWith('/resend'))).toBe(true));
  });
});

describe('work that was given up', () => {
  const LETTER = {
    id: '0198f3c2-0000-7000-8000-0000000000aa',
    task: 'deliveries.process',
    payload: {},
    error_class: 'transient',
    error_code: 'provider/temporary',
    attempts: 8,
    state: 'parked',
    first_failed_at: '2026-01-12T09:15:30.000Z',
    parked_at: '2026-01-12T21:15:30.000Z',
  };

  it('is tried again, or discarded after a question', async () => {
    const { asked } = fakeServer({
      'GET /api/dead-letters': [LETTER],
      'POST /api/dead-letters/:id/replay': { success: true, changed: true },
      'POST /api/dead-letters/:id/discard': { success: true, changed: true },
    });
    await openAt('/webhooks?tab=parked');
    await userEvent.click(await screen.findByRole('button', { name: 'Relancer' }));
    await screen.findByText('Travail relancé');
    await expectAccessible();
    await userEvent.click(screen.getByRole('button', { name: /^Écarter/ }));
    await userEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Écarter' }));
    await waitFor(() => expect(asked.some(({ path }) => path.endsWith('/discard'))).toBe(true));
  });
});
