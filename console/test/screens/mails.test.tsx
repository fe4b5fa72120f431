import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { fakeServer, problem } from '../fake-server';
import { expectAccessible, openAt } from '../screen';

const MAIL = {
  id: '0198f3c2-0000-7000-8000-000000000201',
  kind: 'booking_created',
  state: 'bounced',
  recipient: 'contact@atelier.test',
  subject: 'Nouveau RDV Calendly',
  locale: 'fr',
  message_id: '<1@passerelle.example>',
  attempts: 1,
  last_error: 'smtp/recipient-550',
  next_attempt_at: null,
  sent_at: null,
  notification_id: null,
  booking_id: null,
  prospect_id: 'p1',
  integration_id: null,
  created_at: '2026-01-12T09:15:30.000Z',
};
const DETAIL = {
  ...MAIL,
  preview: {
    subject: MAIL.subject,
    text: 'Bonjour en texte',
    html: '<p>Bonjour</p><script>top.location = "https://evil.example"</script>',
    reply_to: 'zoe@example.test',
    attachments: [{ filename: 'rendez-vous.ics', content: 'BEGIN:VCALENDAR' }],
  },
};

describe('the mails', () => {
  it('are shown as they were sent, in a frame that may do nothing', async () => {
    fakeServer({ 'GET /api/mails': [MAIL], 'GET /api/mails/:id': DETAIL });
    const { address } = await openAt('/mails');
    const table = await screen.findByRole('table', { name: /E-mails/ });
    await expectAccessible();
    await userEvent.click(within(table).getByRole('link', { name: 'Nouveau RDV Calendly' }));
    const drawer = await screen.findByRole('dialog', { name: 'Nouveau RDV Calendly' });
    await within(drawer).findByText('Cette boîte n’existe pas.');
    expect(address()).toContain(`open=${MAIL.id}`);
    const frame = within(drawer).getByTitle(/^Aperçu de/);
    expect(frame.getAttribute('sandbox')).toBe('');
    expect(frame.getAttribute('srcdoc')).toBe(DETAIL.preview.html);
    await userEvent.click(within(drawer).getByRole('tab', { name: 'Texte' }));
    expect(within(drawer).getByText('Bonjour en texte')).toBeTruthy();
    await userEvent.click(within(drawer).getByRole('tab', { name: 'Pièces jointes' }));
    expect(within(drawer).getByText('rendez-vous.ics')).toBeTruthy();
    await expectAccessible();
  });

  it('can be read in the other language, which changes nothing about them', async () => {
    const english = { ...DETAIL.preview, subject: 'New Calendly booking', html: '<p>Hello</p>', text: 'Hello as text' };
    fakeServer({
      'GET /api/mails': [MAIL],
      'GET /api/mails/:id': ({ query }: { query: URLSearchParams }) =>
        query.get('locale') === 'en' ? { ...DETAIL, preview: english } : DETAIL,
    });
    await openAt(`/mails?open=${MAIL.id}`);
    const drawer = await screen.findByRole('dialog', { name: 'Nouveau RDV Calendly' });
    expect(within(drawer).getByRole('button', { name: 'FR, Français' }).getAttribute('aria-pressed')).toBe('true');
    await userEvent.click(within(drawer).getByRole('button', { name: 'EN, English' }));
    await waitFor(() =>
      expect(
        within(drawer)
          .getByTitle(/^Aperçu de/)
          .getAttribute('srcdoc'),
      ).toBe('<p>Hello</p>'),
    );
    expect(within(drawer).getByRole('heading', { name: 'Nouveau RDV Calendly' })).toBeTruthy();
    await userEvent.click(within(drawer).getByRole('tab', { name: 'Texte' }));
    expect(within(drawer).getByText('Hello as text')).toBeTruthy();
    await expectAccessible();
  });

  it('are sent again when they were refused, and not when they were taken', async () => {
    let mail: object = DETAIL;
    const { asked } = fakeServer({
      'GET /api/mails': [MAIL],
      'GET /api/mails/:id': () => mail,
      'POST /api/mails/:id/resend': () => (mail = { ...DETAIL, state: 'sent', last_error: null }),
    });
    await openAt(`/mails?open=${MAIL.id}`);
    await userEvent.click(await screen.findByRole('button', { name: 'Renvoyer' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Renvoyer' })).toBeNull());
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('say that there are none, that none matches, or why they could not be loaded', async () => {
    let answer: object = [];
    fakeServer({ 'GET /api/mails': () => answer });
    const { router } = await openAt('/mails');
    await screen.findByText('Aucun e-mail');
    await expectAccessible();
    await router.navigate({ to: '/mails', search: { state: 'failed' } });
    await screen.findByText('Rien ne correspond à ces filtres');
    answer = problem(500, 'server/unexpected', 'Une erreur inattendue');
    await router.navigate({ to: '/mails', search: { state: 'queued' } });
    expect((await screen.findByRole('alert')).textContent).toContain('req-1');
  });

  it('go where the organization wants them', async () => {
    const settings = {
      enabled: true,
      recipients: ['contact@atelier.test'],
      locale: null,
      digest: 'off',
      next_digest_at: null,
      sending: false,
    };
    const { asked } = fakeServer({
      'GET /api/organization/mail-settings': settings,
      'PATCH /api/organization/mail-settings': ({ body }) => ({ ...settings, ...(body as object) }),
    });
    await openAt('/mails?tab=settings');
    await screen.findByText('Ce serveur n’envoie pas d’e-mails');
    await expectAccessible();
    await userEvent.type(screen.getByLabelText(/^Boîtes de l’organisation/), '\nadmin@atelier.test');
    await userEvent.selectOptions(screen.getByLabelText('Récapitulatif'), 'daily');
    await userEvent.click(screen.getByRole('button', { name: 'Enregistrer' }));
    await screen.findByText('Réglages enregistrés');
    expect(asked.find(({ method }) => method === 'PATCH')?.body).toEqual({
      recipients: ['contact@atelier.test', 'admin@atelier.test'],
      locale: null,
      digest: 'daily',
    });
  });
});
