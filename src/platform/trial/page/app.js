import { bindConnection, refreshConnection, showProgress } from './connection.js';
import { byId, element } from './elements.js';
import { listen, showLive, stopListening } from './live.js';
import {
  bindNotifications,
  catchUpNotifications,
  forgetNotifications,
  notificationMessages,
  showNotifications,
} from './notifications.js';
import { forgetProspects, prospectMessages, refreshProspects, showProspects } from './prospects.js';
import { Problem, register, session, signIn, signOut, whenSessionEnds } from './session.js';
import { language, say, switchLanguage, translate } from './words.js';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Runs what a person asked for, and shows what stood in its way. */
async function attempt(work) {
  showProblem(null);
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    showProblem(error);
  }
}

function showProblem(problem) {
  const place = byId('problem');
  place.hidden = problem === null;
  if (problem === null) return place.replaceChildren();
  const { title, detail, code, requestId } = problem;
  const close = element('button', { type: 'button', className: 'quiet', text: say('close') });
  close.addEventListener('click', () => showProblem(null));
  const reference = [code, requestId && say('request', { id: requestId })].filter(Boolean).join(' · ');
  place.replaceChildren(
    element('h2', {}, element('span', { text: '▲ ', ariaHidden: 'true' }), title),
    detail && detail !== title ? element('p', { text: detail }) : '',
    reference ? element('p', { className: 'soft', text: reference }) : '',
    close,
  );
}

function show() {
  const current = session();
  byId('entrance').hidden = current !== null;
  for (const id of ['desk', 'live', 'who', 'sign-out']) byId(id).hidden = current === null;
  byId('who').textContent = current?.user.email ?? '';
}

function enter() {
  show();
  showLive();
  listen({
    onConnect: () => attempt(() => Promise.all([refreshConnection(), refreshProspects(), catchUpNotifications()])),
    messages: {
      ...prospectMessages,
      ...notificationMessages,
      'sync:progress': (run) => showProgress(run),
      'integration:status': () => void refreshConnection().catch(() => undefined),
    },
  });
}

function leave() {
  stopListening();
  showProgress(null);
  forgetProspects();
  forgetNotifications();
  show();
}

function speak() {
  translate();
  byId('language').textContent = say('otherLanguage');
  byId('language').lang = language() === 'fr' ? 'en' : 'fr';
  if (session() === null) return;
  showLive();
  showProspects();
  showNotifications();
  showProgress();
}

function bind() {
  byId('language').addEventListener('click', () => {
    switchLanguage();
    speak();
    // The reason of a status comes in the language it is asked in.
    if (session()) void attempt(refreshConnection);
  });
  byId('sign-in').addEventListener('submit', (event) => {
    event.preventDefault();
    const { email, password } = Object.fromEntries(new FormData(event.target));
    void attempt(async () => {
      await signIn(email, password);
      enter();
    });
  });
  byId('register').addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(async () => {
      await register(Object.fromEntries(new FormData(event.target)));
      enter();
    });
  });
  byId('sign-out').addEventListener('click', () => {
    // First: the server ends the socket with the session, and that is no reason to come back.
    stopListening();
    void attempt(signOut).finally(leave);
  });
  whenSessionEnds(() => {
    leave();
    showProblem(new Problem({ title: say('sessionOver') }));
  });
  bindConnection(attempt);
  bindNotifications(attempt);
}

/** What this server has to try with. */
function offer({ sandbox_url: sandboxUrl, demo }) {
  if (sandboxUrl !== null) {
    byId('sandbox').hidden = false;
    byId('sandbox-link').href = new URL(`/calendly/?lang=${language()}`, sandboxUrl).href;
  }
  byId('demo-hint').hidden = demo === null;
  byId('no-account').open = demo === null;
  if (demo === null) return;
  byId('email').value = demo.email;
  byId('password').value = demo.password;
}

async function start() {
  speak();
  bind();
  const settings = await (await fetch('/trial/config.json')).json();
  const home = new URL(settings.public_url);
  // The consent page leads back to the public address, and a session is kept by address: 127.0.0.1 is not localhost.
  if (LOOPBACK.has(location.hostname) && LOOPBACK.has(home.hostname) && home.origin !== location.origin) {
    location.replace(home.origin);
    return;
  }
  offer(settings);
  show();
  if (session()) enter();
}

void attempt(start);
