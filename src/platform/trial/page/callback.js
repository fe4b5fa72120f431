import { byId, showStatus } from './elements.js';
import { call, Problem, session } from './session.js';
import { say, translate } from './words.js';

// What the provider's redirect has brought. It leaves the address bar and the history before anything else happens.
const returned = new URLSearchParams(location.search);
history.replaceState(null, '', location.pathname);

const PASSED_ON = ['code', 'state', 'error', 'iss'];

async function finish() {
  const brought = PASSED_ON.filter((name) => returned.has(name)).map((name) => [name, returned.get(name)]);
  if (brought.length === 0) return tell({ tone: 'idle', sign: '○', word: say('nothingToFinish') });
  if (session() === null) {
    return tell({ tone: 'bad', sign: '▲', word: say('noSession'), detail: say('noSessionDetail') });
  }
  try {
    const { email } = await call('POST', '/auth/calendly/callback', Object.fromEntries(brought));
    tell({ tone: 'good', sign: '✓', word: say('connectedAs', { email }) });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { title: word, detail, requestId } = error;
    tell({ tone: 'bad', sign: '▲', word, detail, requestId });
  }
}

function tell({ word, detail, requestId, ...look }) {
  showStatus(byId('outcome'), { ...look, word });
  byId('detail').textContent = detail ?? '';
  byId('detail').hidden = !detail || detail === word;
  byId('request').textContent = requestId ? say('request', { id: requestId }) : '';
  byId('request').hidden = !requestId;
  byId('back').focus();
}

translate();
void finish();
