import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { everyProvider } from '../connection';
import { fakeServer, problem } from '../fake-server';
import { socket } from '../fake-socket';
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
  recheckable: false,
  rechecked_at: null,
  others_rejected: 0,
  received_at: '2026-01-12T09:15:30.000Z',
  processed_at: '2026-01-12T21:15:30.000Z',
};
const GONE = { ...DEAD, id: '0198f3c2-0000-7000-8000-0000000000d2', body_kept: false };
const DETAIL = {
  ...DEAD,
  explanation: 'Il manque à l’événement ce que le fournisseur documente.',
  signature_check: 'La signature HMAC-SHA256 des octets reçus correspond à la clé de cette connexion.',
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

const RAW = '{"event":"invitee.created","payload":{}}';
const BODY = { content: RAW, encoding: 'utf-8', bytes: 40 };
const REJECTED = {
  ...DEAD,
  id: '0198f3c2-0000-7000-8000-0000000000d3',
  event_type: null,
  state: 'rejected',
  attempts: 0,
  error_code: 'signature-wrong',
  body_kept: false,
  recheckable: true,
  others_rejected: 7,
  processed_at: null,
};
const REJECTED_DETAIL = {
  ...DETAIL,
  ...REJECTED,
  explanation: 'Elle a été refusée à la réception (401).',
  signature_check: 'La signature ne correspond à aucune clé de cette connexion.',
  headers: { 'calendly-webhook-signature': 't=1795000000,v1=abcd…' },
  caused: { booking: null, prospect: null, note: null, notifications: [], mails: [] },
};
const RUN = {
  id: '0198f3c2-0000-7000-8000-0000000000c1',
  state: 'running',
  total: 42,
  done: 12,
  created_at: '2026-01-12T21:15:30.000Z',
  finished_at: null,
};
const PLAN = {
  count: 42,
  body_gone: 1,
  waiting: 0,
  oldest: DEAD.received_at,
  newest: DEAD.received_at,
};

describe('what came in', () => {
  it('is a table, whose filters and open row are in the address', async () => {
    const { asked } = fakeServer({
      'GET /api/deliveries': [DEAD],
      'GET /api/deliveries/:id': DETAIL,
      'GET /api/deliveries/replays': [],
      'GET /api/deliveries/:id/body': BODY,
    });
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

  it('can be that of any provider of bookings; calendars deliver nothing', async () => {
    fakeServer({ 'GET /api/deliveries': [DEAD], 'GET /api/integrations': everyProvider() });
    await openAt('/webhooks');
    await screen.findByRole('option', { name: 'Doodle' });
    const words = within(screen.getByLabelText('Fournisseur')).getAllByRole('option');
    expect(words.slice(1).map(({ textContent }) => textContent)).toEqual(['Calendly', 'Cal.com', 'Doodle']);
  });

  it('is replayed one by one, and says when that had no effect', async () => {
    let detail = DETAIL;
    const { asked } = fakeServer({
      'GET /api/deliveries': [DEAD],
      'GET /api/deliveries/:id': () => detail,
      'GET /api/deliveries/replays': [],
      'GET /api/deliveries/:id/body': BODY,
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
    fakeServer({
      'GET /api/deliveries': [GONE],
      'GET /api/deliveries/:id': { ...DETAIL, body_kept: false },
      'GET /api/deliveries/replays': [],
    });
    await openAt(`/webhooks?open=${GONE.id}`);
    await screen.findByText(/ne peut plus être rejouée/);
    expect(screen.queryByRole('button', { name: 'Rejouer' })).toBeNull();
  });

  it('shows its body laid out and raw, copies what came in, and says how its signature was checked', async () => {
    const copied: string[] = [];
    const writeText = (text: string) => Promise.resolve(void copied.push(text));
    fakeServer({
      'GET /api/deliveries': [DEAD],
      'GET /api/deliveries/:id': DETAIL,
      'GET /api/deliveries/replays': [],
      'GET /api/deliveries/:id/body': BODY,
    });
    const user = userEvent.setup();
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    await openAt(`/webhooks?open=${DEAD.id}`);
    const body = await screen.findByRole('region', { name: /^Contenu/ });
    const shown = () => body.querySelector('pre')?.textContent;
    await waitFor(() => expect(shown()).toBe(JSON.stringify(JSON.parse(RAW), null, 2)));
    await expectAccessible();
    await user.click(within(body).getByRole('button', { name: 'Brut' }));
    expect(shown()).toBe(RAW);
    expect(within(body).getByRole('button', { name: 'Brut' }).getAttribute('aria-pressed')).toBe('true');
    await user.click(within(body).getByRole('button', { name: 'Copier le contenu' }));
    expect(copied).toEqual([RAW]);
    expect(screen.getByRole('region', { name: 'Signature' }).textContent).toContain(DETAIL.signature_check);
  });

  it('that was refused says why, is no replay, and is checked again', async () => {
    let outcome = 'refused';
    const { asked } = fakeServer({
      'GET /api/deliveries': [REJECTED, { ...REJECTED, id: 'other', error_code: 'signature-stale' }],
      'GET /api/deliveries/:id': () => (outcome === 'accepted' ? { ...DETAIL, id: REJECTED.id } : REJECTED_DETAIL),
      'GET /api/deliveries/replays': [],
      'GET /api/deliveries/:id/body': BODY,
      'POST /api/deliveries/:id/recheck': () => ({ outcome, explanation: `Verdict ${outcome}`, delivery: REJECTED }),
    });
    await openAt('/webhooks');
    const table = await screen.findByRole('table', { name: /Livraisons reçues/ });
    expect(within(table).getByText('Rejetée (horodatage)')).toBeTruthy();
    expect(within(screen.getByLabelText('État')).getByRole('option', { name: 'Rejetée' })).toBeTruthy();
    await userEvent.click(within(table).getAllByRole('link')[0]!);
    const drawer = await screen.findByRole('dialog');
    await within(drawer).findByText(REJECTED_DETAIL.signature_check);
    expect(within(drawer).getByText('Rejetée (signature)')).toBeTruthy();
    expect(within(drawer).getByText(/^7 autres, refusées à la même adresse/)).toBeTruthy();
    expect(within(drawer).getByText('t=1795000000,v1=abcd…')).toBeTruthy();
    expect(within(drawer).queryByRole('button', { name: 'Rejouer' })).toBeNull();
    await within(drawer).findByText(/"invitee.created"/);
    await expectAccessible();
    await userEvent.click(within(drawer).getByRole('button', { name: 'Revérifier' }));
    await within(drawer).findByText('Verdict refused');
    expect(within(drawer).getByRole('button', { name: 'Revérifier' })).toBeTruthy();
    outcome = 'accepted';
    await userEvent.click(within(drawer).getByRole('button', { name: 'Revérifier' }));
    await within(drawer).findByText('Verdict accepted');
    await within(drawer).findByRole('button', { name: 'Rejouer' });
    expect(asked.filter(({ path }) => path === `/api/deliveries/${REJECTED.id}/recheck`)).toHaveLength(2);
  });

  it('that was refused and not kept says that it cannot be checked again', async () => {
    fakeServer({
      'GET /api/deliveries': [REJECTED],
      'GET /api/deliveries/:id': { ...REJECTED_DETAIL, recheckable: false },
      'GET /api/deliveries/replays': [],
    });
    await openAt(`/webhooks?open=${REJECTED.id}`);
    await screen.findByText(/la signature ne peut plus être vérifiée/);
    expect(screen.queryByRole('button', { name: 'Revérifier' })).toBeNull();
    expect(screen.queryByRole('region', { name: /^Contenu/ })).toBeNull();
  });

  it('is replayed by filter: counted first, then asked, then followed, then called off', async () => {
    let run = RUN;
    const { asked } = fakeServer({
      'GET /api/deliveries': [DEAD, GONE],
      'GET /api/deliveries/replays': [],
      'POST /api/deliveries/replay/plan': PLAN,
      'POST /api/deliveries/replay': { success: true, count: 42, run_id: RUN.id },
      'GET /api/deliveries/replays/:id': () => run,
      'POST /api/deliveries/replays/:id/cancel': () => {
        run = { ...RUN, state: 'canceled', done: 20 };
        return run;
      },
    });
    await openAt('/webhooks?state=dead');
    await userEvent.click(await screen.findByRole('button', { name: 'Rejouer en lot…' }));
    const planned = await screen.findByRole('dialog', { name: 'Rejouer en lot' });
    await within(planned).findByText('42 livraisons correspondent');
    expect(within(planned).getByText(/n’a plus son contenu/)).toBeTruthy();
    expect(asked.some(({ path }) => path === '/api/deliveries/replay')).toBe(false);
    await expectAccessible();
    await userEvent.click(within(planned).getByRole('button', { name: 'Rejouer 42 livraisons' }));
    const bar = await screen.findByRole('progressbar', { name: 'Livraisons traitées à nouveau' });
    expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuemax')]).toEqual(['12', '42']);
    const [counted, begun] = ['/api/deliveries/replay/plan', '/api/deliveries/replay'].map(
      (path) => asked.find((one) => one.path === path)?.body,
    );
    expect(counted).toMatchObject({ state: 'dead', until: expect.any(String) });
    expect(begun).toEqual(counted);
    await expectAccessible();
    await userEvent.click(screen.getByRole('button', { name: 'Arrêter le rejeu' }));
    await screen.findByText('Arrêté après 20 livraisons sur 42');
    expect(screen.queryByRole('button', { name: 'Arrêter le rejeu' })).toBeNull();
  });

  it('shows a replay that is under way to whoever comes later, and moves with what the socket says', async () => {
    let run = RUN;
    fakeServer({
      'GET /api/deliveries': [DEAD],
      'GET /api/deliveries/replays': () => [run],
      'GET /api/deliveries/replays/:id': () => run,
    });
    await openAt('/webhooks');
    await screen.findByText('Rejeu en lot de 42 livraisons en cours');
    await expectAccessible();
    await userEvent.click(screen.getByRole('button', { name: 'Suivre le rejeu' }));
    await screen.findByRole('button', { name: 'Arrêter le rejeu' });
    run = { ...RUN, state: 'done', done: 42 };
    socket.say('replay:progress', { run_id: RUN.id, state: 'done', done: 42, total: 42 });
    await screen.findByText('42 livraisons rejouées');
  });

  it('is not replayed by filter where the filter names what was refused', async () => {
    const { asked } = fakeServer({ 'GET /api/deliveries': [REJECTED], 'GET /api/deliveries/replays': [] });
    await openAt('/webhooks?state=rejected');
    await userEvent.click(await screen.findByRole('button', { name: 'Rejouer en lot…' }));
    await screen.findByText(/^Une livraison rejetée ne se rejoue pas/);
    expect(asked.some(({ method }) => method === 'POST')).toBe(false);
  });

  it('is followed live: a message reads the list again while somebody follows it, and only then', async () => {
    let rows = [DEAD];
    const { asked } = fakeServer({ 'GET /api/deliveries': () => rows, 'GET /api/deliveries/replays': [] });
    const { address } = await openAt('/webhooks');
    const follow = await screen.findByRole('button', { name: 'Suivre' });
    const readings = () => asked.filter(({ path }) => path === '/api/deliveries').length;
    const before = readings();
    rows = [{ ...DEAD, id: GONE.id, state: 'processed', error_code: null as never }, DEAD];
    const changed = { deliveries: [{ id: GONE.id, state: 'processed' }], more: 0 };
    socket.say('delivery:changed', changed);
    await userEvent.click(follow);
    await screen.findByRole('button', { name: 'Suivi en direct', pressed: true });
    expect(readings()).toBe(before);
    expect(address()).toContain('tail=true');
    socket.say('delivery:changed', changed);
    const table = screen.getByRole('table', { name: /Livraisons reçues/ });
    await within(table).findByText('Traitée');
    await expectAccessible();
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
