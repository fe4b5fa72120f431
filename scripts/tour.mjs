// The first five minutes, for somebody with a terminal: a fresh instance, everything the README promises done with it
// over HTTP and the socket, one line for each thing seen. Ends with 0 when all of it was.
//
//   node scripts/tour.mjs [--lang en] [--dist <folder of a build>]
import { io } from 'socket.io-client';
import { findBuild, optionOf, startInstance } from './stage/instance.mjs';
import { inDays, Visitor } from './stage/visitor.mjs';
import { words } from './stage/tour-words.mjs';

const language = optionOf('--lang') === 'en' ? 'en' : 'fr';
const say = words[language];
const ZOE = { name: 'Zoé Martin', email: 'zoe.martin@example.test' };

const begin = performance.now();
let instance;
let socket;
let step = say.starting;
process.exitCode = 1;
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end().then(() => process.exit(130)));
try {
  console.log(`\n  Passerelle · ${say.title}\n`);
  instance = await startInstance(findBuild());
  tick(say.ready(seconds(instance.readyMs)));
  await walk(new Visitor(instance, language));
  console.log(`\n  ${say.done(seconds(performance.now() - begin))}\n`);
  process.exitCode = 0;
} catch (error) {
  console.error(`  ✘ ${step}\n    ${String(error)}`);
} finally {
  await end();
}

async function walk(visitor) {
  step = say.signIn;
  await visitor.signIn(instance.demo);
  const heard = await listen(visitor);
  tick(say.signedIn(instance.demo.email));

  step = say.connecting('Calendly');
  const calendly = await visitor.connect('calendly');
  tick(say.imported(calendly.account_email, calendly.counts.events, calendly.counts.prospects));

  step = say.booking;
  const bookedAt = performance.now();
  const booked = await visitor.book({ ...ZOE, start: inDays(1, '14:00') });
  await visitor.until(() => heard.some(([name]) => name === 'prospect:created'), 'prospect:created');
  await visitor.until(
    () => heard.some(([name, { message }]) => name === 'notification' && message?.includes(ZOE.name)),
    'notification',
  );
  const heardAfter = performance.now() - bookedAt;
  const [{ id }] = await visitor.call('GET', `/prospects?search=${ZOE.email}`);
  const first = await visitor.call('GET', `/prospects/${id}`);
  same(first.note_entries.length, 1, 'notes');
  await visitor.until(
    async () => (await visitor.call('GET', '/mails')).some(({ state }) => state === 'sent'),
    'mail sent',
  );
  tick(say.booked(ZOE.name, Math.round(heardAfter)));
  quote(first.note_entries[0].text);

  step = say.again;
  await visitor.book({ ...ZOE, start: inDays(1, '16:00') });
  await visitor.until(
    async () => (await visitor.call('GET', `/prospects/${id}`)).note_entries.length === 2,
    'second note',
  );
  same((await visitor.call('GET', `/prospects?search=${ZOE.email}`)).length, 1, 'prospects');
  tick(say.bookedAgain);

  step = say.canceling;
  await visitor.order('calendly/cancel', { invitee: booked.invitees[0].uri });
  await visitor.until(
    async () =>
      (await visitor.call('GET', `/prospects/${id}`)).bookings.filter(({ status }) => status === 'canceled').length ===
      1,
    'canceled booking',
  );
  tick(say.canceled);

  step = say.replaying;
  const before = await everything(visitor, id);
  const [delivery] = await visitor.call('GET', '/deliveries?state=processed');
  await visitor.call('POST', `/deliveries/${delivery.id}/replay`);
  await visitor.until(async () => {
    const { state, attempts } = await visitor.call('GET', `/deliveries/${delivery.id}`);
    return state === 'processed' && attempts > delivery.attempts;
  }, 'replayed delivery');
  same(await everything(visitor, id), before, 'what is known');
  tick(say.replayed(delivery.event_type));

  step = say.connecting('Google');
  const google = await visitor.connect('google');
  const week = await visitor.call(
    'GET',
    `/calendar-integration/events?from=${inDays(0, '00:00')}&to=${inDays(7, '00:00')}&limit=200`,
  );
  if (week.length === 0) throw new Error('the week is empty');
  tick(say.week(google.account_email, week.length));

  step = say.exporting;
  const training = await visitor.call('POST', '/formations', {
    title: say.training,
    location: say.room,
    time_zone: 'Europe/Paris',
    status: 'confirmed',
    sessions: [{ starts_at: inDays(2, '09:00'), ends_at: inDays(2, '12:30') }],
  });
  await visitor.call('POST', '/calendar-integration/google/export-formation', { formationId: training.id });
  await visitor.until(async () => {
    const path = `google/events?from=${inDays(2, '00:00')}&to=${inDays(3, '00:00')}`;
    const events = await visitor.look(path);
    return events.some(({ summary }) => summary === say.training);
  }, 'the training in Google’s calendar');
  tick(say.exported(say.training));

  step = say.revoking;
  await visitor.order('calendly/revoke-grants');
  await visitor.call('POST', `/integrations/${calendly.integration_id}/sync`);
  const revoked = await visitor.until(async () => {
    const connection = await visitor.connection('calendly');
    return connection.state === 'needs_reauth' && connection;
  }, 'needs_reauth');
  await visitor.until(
    async () => (await visitor.call('GET', '/notifications')).some(({ type }) => type.endsWith('connection_broken')),
    'a notification of it',
  );
  tick(say.revoked);
  quote(revoked.cause.detail);

  step = say.reconnecting;
  const kept = await everything(visitor, id);
  await visitor.connect('calendly');
  same((await everything(visitor, id)).notes, kept.notes, 'notes');
  await visitor.book({ ...ZOE, start: inDays(2, '17:00') });
  await visitor.until(
    async () => (await visitor.call('GET', `/prospects/${id}`)).note_entries.length === 3,
    'third note',
  );
  tick(say.reconnected);
}

/** All that a delivery may change about a person. */
async function everything(visitor, id) {
  const { note_entries: notes, bookings } = await visitor.call('GET', `/prospects/${id}`);
  const [told, mails] = await Promise.all([
    visitor.call('GET', '/notifications?limit=200'),
    visitor.call('GET', '/mails?limit=200'),
  ]);
  return {
    notes: notes.map(({ text }) => text),
    bookings: bookings.map(({ status, starts_at: at }) => `${at} ${status}`),
    notifications: told.length,
    mails: mails.length,
  };
}

async function listen(visitor) {
  const heard = [];
  socket = io(visitor.url, { auth: { token: visitor.token }, transports: ['websocket'] });
  socket.onAny((name, payload) => heard.push([name, payload]));
  await new Promise((connected, refused) => {
    socket.once('connect', connected);
    socket.once('connect_error', refused);
  });
  return heard;
}

function same(found, wanted, what) {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`${what}: ${one} ≠ ${other}`);
}

function tick(line) {
  console.log(`  ✔ ${line}`);
}

function quote(line) {
  console.log(`      ${line}`);
}

function seconds(ms) {
  return new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(ms / 1_000);
}

async function end() {
  socket?.disconnect();
  await instance?.stop();
  instance = undefined;
}
