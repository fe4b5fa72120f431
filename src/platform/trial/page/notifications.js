import { announce, byId, element, oneAtATime } from './elements.js';
import { call, callForPage } from './session.js';
import { say, sayTime } from './words.js';

const SHOWN = 30;
const CATCH_UP_PAGE = 100;

/** By id, oldest first. */
let told = new Map();
let unread = 0;
/** The newest that a list has answered. Messages do not move it: one of them may have been lost before. */
let readUpTo = null;

/** The first time the newest ones; after a break, everything since. */
export const catchUpNotifications = oneAtATime(async () => {
  if (readUpTo === null) await readNewest();
  else await readSince(readUpTo).catch(startOver);
  await countUnread();
});

export const notificationMessages = {
  notification: (notification) => {
    if (!told.has(notification.id)) add({ ...notification, read_at: null });
    announce(`${notification.title}. ${notification.message}`);
    void countUnread().catch(() => undefined);
  },
};

async function readNewest() {
  const newestFirst = await call('GET', `/api/notifications?limit=${SHOWN}`);
  for (const notification of newestFirst) add(notification);
  readUpTo = newestFirst[0]?.id ?? null;
}

async function readSince(id) {
  let path = `/api/notifications?after=${encodeURIComponent(id)}&limit=${CATCH_UP_PAGE}`;
  while (path !== null) {
    const { data, next } = await callForPage(path);
    for (const notification of data) add(notification);
    readUpTo = data.at(-1)?.id ?? readUpTo;
    path = next;
  }
}

/** The one we had is gone from the server: it was too old. */
function startOver(problem) {
  if (problem.status !== 404) throw problem;
  return readNewest();
}

const countUnread = oneAtATime(async () => {
  ({ count: unread } = await call('GET', '/api/notifications/unread-count'));
  showNotifications();
});

function add(notification) {
  told.set(notification.id, notification);
  const inOrder = [...told].sort(([, one], [, other]) => Date.parse(one.created_at) - Date.parse(other.created_at));
  told = new Map(inOrder.slice(-SHOWN));
  showNotifications();
}

export function showNotifications() {
  byId('no-notifications').hidden = told.size > 0;
  byId('unread').hidden = unread === 0;
  byId('unread').textContent = String(unread);
  byId('unread').ariaLabel = `${unread} ${say('unread')}`;
  byId('read-all').disabled = unread === 0;
  document.title = unread > 0 ? `(${unread}) Passerelle` : 'Passerelle';
  byId('notifications').replaceChildren(...[...told.values()].reverse().map(entryOf));
}

export function forgetNotifications() {
  told = new Map();
  unread = 0;
  readUpTo = null;
  showNotifications();
}

function entryOf({ title, message, created_at: at, read_at: readAt }) {
  return element(
    'li',
    { className: readAt === null ? 'unread' : '' },
    element('h3', { text: title }),
    element('p', { text: message }),
    element(
      'p',
      { className: 'soft' },
      element('time', { dateTime: at, text: sayTime(at) }),
      readAt === null && element('span', { className: 'tag change', text: say('unread') }),
    ),
  );
}

export function bindNotifications(attempt) {
  byId('read-all').addEventListener('click', () =>
    attempt(async () => {
      await call('POST', '/api/notifications/read-all');
      const now = new Date().toISOString();
      for (const notification of told.values()) notification.read_at ??= now;
      await countUnread();
    }),
  );
}
