import { io } from './socket.io.js';
import { byId, showStatus } from './elements.js';
import { renew, session } from './session.js';
import { say } from './words.js';

const STATES = {
  on: { tone: 'good', sign: '●' },
  reconnecting: { tone: 'waiting', sign: '◐' },
  off: { tone: 'bad', sign: '○' },
};
const TRY_AGAIN_MS = 3_000;

let state = 'off';
let socket = null;

export function showLive() {
  showStatus(byId('live'), { ...STATES[state], word: say(`live_${state}`) });
}

function become(next) {
  state = next;
  showLive();
}

/**
 * Listens with the session's token. `onConnect` is called at every connection, the first and those after a break: what
 * was said in between is in the lists, not in the socket.
 */
export function listen({ onConnect, messages }) {
  become('reconnecting');
  socket = io({ auth: (give) => give({ token: session()?.access_token }), transports: ['websocket'], forceNew: true });
  socket.on('connect', () => {
    become('on');
    onConnect();
  });
  socket.on('disconnect', (reason) => {
    become(navigator.onLine ? 'reconnecting' : 'off');
    // The server has said goodbye: the token has ended, or the session.
    if (reason === 'io server disconnect') void comeBack(socket);
  });
  socket.on('connect_error', (error) => {
    become(navigator.onLine ? 'reconnecting' : 'off');
    // Answered and refused: the client will not try again by itself, and we not at once.
    if (error.data?.code) comeBackLater(socket);
  });
  for (const [name, handle] of Object.entries(messages)) socket.on(name, handle);
}

export function stopListening() {
  socket?.disconnect();
  socket = null;
  become('off');
}

/** With a new token, as long as this is still the socket that matters. A session that has ended has been told so. */
async function comeBack(mine) {
  try {
    await renew();
    if (mine === socket) mine.connect();
  } catch (problem) {
    if (mine !== socket) return;
    become('off');
    if (problem.status !== 401) comeBackLater(mine);
  }
}

function comeBackLater(mine) {
  setTimeout(() => mine === socket && void comeBack(mine), TRY_AGAIN_MS);
}

addEventListener('offline', () => socket && become('off'));
addEventListener('online', () => socket && become(socket.connected ? 'on' : 'reconnecting'));
