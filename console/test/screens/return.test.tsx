import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { connection } from '../connection';
import { fakeServer, problem, unreachable } from '../fake-server';
import { expectAccessible, openAt } from '../screen';

let attempt = 0;
/** A state of its own for each case: one that was finished is remembered, as in a browser. */
const returned = () => `/return/calendly?code=c&state=s${(attempt += 1)}`;

afterEach(() => sessionStorage.clear());

describe('coming back from a provider', () => {
  it('finishes the connection once, and takes the code out of the address', async () => {
    const { asked } = fakeServer({
      'GET /api/integrations': [
        connection({ state: 'importing', action: { kind: 'wait' }, progress: { done: 3, total: 12 } }),
      ],
      'POST /api/calendly/callback': { success: true, message: '', email: 'nora@example.test' },
    });
    const { address } = await openAt(returned());
    expect(await screen.findByText('Calendly est connecté')).toBeTruthy();
    expect(screen.getByText('Compte nora@example.test.')).toBeTruthy();
    expect(screen.getByText(/L’import initial a commencé/)).toBeTruthy();
    await waitFor(() => expect(address()).toMatch(/\/return\/calendly\?done=true$/));
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
    await expectAccessible();
  });

  it('answers the same when the page is opened again, without using the code twice', async () => {
    const { asked } = fakeServer({
      'GET /api/integrations': [connection()],
      'POST /api/calendly/callback': { success: true, message: '', email: 'nora@example.test' },
    });
    const path = returned();
    const first = await openAt(path);
    await screen.findByText('Calendly est connecté');
    first.unmount();
    await openAt(path);
    await screen.findByText('Calendly est connecté');
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each([
    [400, 'oauth/denied', 'Vous n’avez pas donné l’accès'],
    [400, 'oauth/state-invalid', 'Cette demande de connexion n’est plus valable'],
    [400, 'provider/code-refused', 'Cette demande de connexion n’est plus valable'],
    [400, 'oauth/redirect-mismatch', 'L’adresse de retour n’est pas la bonne'],
    [409, 'provider/misconfigured', 'Calendly ne reconnaît pas cette application'],
    [409, 'provider/scope-missing', 'Il manque des autorisations'],
    [403, 'oauth/organization-mismatch', 'Ce compte ne peut pas être connecté ici'],
    [409, 'provider/plan', 'Ce compte ne peut pas être connecté ici'],
    [502, 'provider/unavailable', 'Calendly ne répond pas pour le moment'],
    [504, 'provider/timeout', 'Calendly ne répond pas pour le moment'],
    [502, 'provider/contract', 'La connexion n’a pas abouti'],
  ])('tells %i %s in its own words, and offers to start again', async (status, code, title) => {
    fakeServer({
      'GET /api/integrations': [
        connection({ state: 'not_connected', integration_id: null, action: { kind: 'connect' } }),
      ],
      'POST /api/calendly/callback': problem(status, code, 'Titre', { detail: 'webhooks:write manque.' }),
    });
    await openAt(returned());
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByText(title)).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Recommencer la connexion' })).toBeTruthy();
    // Somebody who has said no does not want to hear of a fault.
    expect(alert.textContent?.includes('webhooks:write manque.')).toBe(code !== 'oauth/denied');
    await expectAccessible();
  });

  it.each([
    ['success', 'Cal.com est connecté'],
    ['error', 'La connexion n’a pas abouti'],
  ])('believes a service that has finished with the server itself: %s', async (outcome, words) => {
    fakeServer({ 'GET /api/integrations': [connection({ provider: 'cal-com', provider_name: 'Cal.com' })] });
    await openAt(`/return/cal-com?outcome=${outcome}`);
    expect(await screen.findByText(words)).toBeTruthy();
  });

  it('shows the exact address to register when it is the wrong one', async () => {
    fakeServer({
      'GET /api/integrations': [connection({ state: 'not_connected', action: { kind: 'connect' } })],
      'POST /api/calendly/callback': problem(400, 'oauth/redirect-mismatch', 'Titre'),
    });
    await openAt(returned());
    expect(await screen.findByText('https://crm.example/auth/calendly/callback')).toBeTruthy();
  });

  it('sends the code again when the server was not reached at all', async () => {
    let isAway = true;
    fakeServer({
      'GET /api/integrations': [connection()],
      'POST /api/calendly/callback': () =>
        isAway ? unreachable() : { success: true, message: '', email: 'nora@example.test' },
    });
    await openAt(returned());
    const retry = await within(await screen.findByRole('main')).findByRole('button', { name: 'Réessayer' });
    isAway = false;
    await userEvent.click(retry);
    expect(await screen.findByText('Calendly est connecté')).toBeTruthy();
  });

  it('says that there is nothing to finish to whoever opens it without reason', async () => {
    fakeServer({ 'GET /api/integrations': [] });
    await openAt('/return/calendly');
    expect(await screen.findByText('Il n’y a aucune connexion à terminer ici')).toBeTruthy();
    await expectAccessible();
  });
});
