import { announce, byId, element, oneAtATime } from './elements.js';
import { call } from './session.js';
import { say } from './words.js';

const SHOWN = 20;
const FRESH_MS = 5_000;

/** By id, newest first. */
let known = new Map();
/** What has just changed, and how: a word and a colour for a few seconds. */
const fresh = new Map();

/** Counts what was told, so that a list that was read meanwhile is not taken for the newest state. */
let changes = 0;

export const refreshProspects = oneAtATime(async () => {
  let listed;
  let changesBefore;
  do {
    changesBefore = changes;
    listed = await call('GET', `/api/prospects?limit=${SHOWN}`);
  } while (changes !== changesBefore);
  known = new Map(listed.map((prospect) => [prospect.id, prospect]));
  showProspects();
});

export const prospectMessages = {
  'prospect:created': (prospect) => {
    known = new Map([[prospect.id, prospect], ...known].slice(0, SHOWN));
    point(prospect, 'created', 'heardCreated');
  },
  'prospect:updated': (prospect) => {
    // One that had slipped off the list comes back to its top.
    if (known.has(prospect.id)) known.set(prospect.id, prospect);
    else known = new Map([[prospect.id, prospect], ...known].slice(0, SHOWN));
    point(prospect, 'updated', 'heardUpdated');
  },
  'prospect:deleted': ({ id }) => {
    changes += 1;
    known.delete(id);
    showProspects();
    announce(say('heardDeleted'));
  },
};

function point(prospect, word, sentence) {
  changes += 1;
  clearTimeout(fresh.get(prospect.id)?.timer);
  const timer = setTimeout(() => {
    fresh.delete(prospect.id);
    showProspects();
  }, FRESH_MS);
  // A person who is new stays new when the first note follows at once.
  const isStillNew = fresh.get(prospect.id)?.word === 'created';
  fresh.set(prospect.id, { word: isStillNew ? 'created' : word, timer });
  showProspects();
  announce(say(sentence, { name: nameOf(prospect) }));
}

export function showProspects() {
  byId('no-prospects').hidden = known.size > 0;
  byId('prospects').replaceChildren(...[...known.values()].map(entryOf));
}

export function forgetProspects() {
  known = new Map();
  showProspects();
}

function entryOf(prospect) {
  const { id, email, phone, source, status, notes } = prospect;
  const change = fresh.get(id)?.word;
  return element(
    'li',
    { className: change ? 'fresh' : '' },
    element(
      'h3',
      {},
      element('bdi', { text: nameOf(prospect) }),
      element('span', { className: 'tag', text: source }),
      element('span', { className: 'tag', text: status }),
      change && element('span', { className: 'tag change', text: say(change) }),
    ),
    element('p', { className: 'soft', text: [email, phone].filter(Boolean).join(' · ') }),
    notes && element('ul', { className: 'notes' }, ...notesOf(notes)),
  );
}

function notesOf(notes) {
  return notes.split(/\n{2,}/).map((text) => element('li', { text }));
}

function nameOf({ firstname, lastname, email }) {
  return `${firstname} ${lastname}`.trim() || email || say('nameless');
}
