import { byId, element, oneAtATime, showStatus } from './elements.js';
import { call } from './session.js';
import { knows, say, sayTime } from './words.js';

const LOOKS = {
  connected: { tone: 'good', sign: '✓' },
  needs_reauth: { tone: 'bad', sign: '!' },
  error: { tone: 'waiting', sign: '▲' },
  disconnected: { tone: 'idle', sign: '○' },
  not_configured: { tone: 'idle', sign: '–' },
};
const ENDED = new Set(['succeeded', 'failed', 'canceled']);

let progress = null;

export const refreshConnection = oneAtATime(async () => show(await call('GET', '/api/calendly/status')));

function show(connection) {
  const { status, status_reason: reason, connected } = connection;
  showStatus(byId('connection-status'), { ...LOOKS[status], word: say(`status_${status}`) });
  byId('connection-reason').textContent = reason ?? '';
  byId('connection-reason').hidden = reason === null;
  const isLinked = connected || status === 'needs_reauth';
  byId('connection-facts').replaceChildren(...(isLinked ? factsOf(connection) : []));
  byId('connect').textContent = say(status === 'needs_reauth' ? 'reconnect' : 'connect');
  byId('connect').hidden = connected;
  byId('connect').disabled = status === 'not_configured';
  byId('synchronise').hidden = !connected;
  byId('disconnect').hidden = !isLinked;
}

function factsOf(connection) {
  const {
    email,
    user_name: name,
    last_synced_at: at,
    delivery_mode: mode,
    sync_interval_minutes: minutes,
  } = connection;
  const facts = [
    ['account', [name, email].filter(Boolean).join(' · ')],
    ['lastSync', at === null ? say('never') : sayTime(at)],
    ['delivery', say(mode === 'webhook' ? 'deliveryWebhook' : 'deliveryPolling', { minutes })],
  ];
  return facts.flatMap(([word, text]) => [element('dt', { text: say(word) }), element('dd', { text })]);
}

export function showProgress(run = progress) {
  progress = run;
  const word = `sync_${run?.state}`;
  byId('sync').textContent = run && knows(word) ? say(word, { listed: 0, created: 0, updated: 0, ...run.counts }) : '';
  // The status has the hour of the last reading.
  if (run && ENDED.has(run.state)) void refreshConnection().catch(() => undefined);
}

export function bindConnection(attempt) {
  byId('connect').addEventListener('click', () =>
    attempt(async () => location.assign((await call('GET', '/api/calendly/auth-url')).authUrl)),
  );
  byId('synchronise').addEventListener('click', () =>
    attempt(async () => {
      showProgress({ state: 'queued' });
      await call('POST', '/api/calendly/sync');
    }),
  );
  byId('disconnect').addEventListener('click', () =>
    attempt(async () => {
      await call('POST', '/api/calendly/disconnect');
      showProgress(null);
      await refreshConnection();
    }),
  );
}
