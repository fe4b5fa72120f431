import { DateTime } from 'luxon';
import { html, type Html, type Lang } from '../page.js';
import type { CalComParts } from './cal-com-parts.js';
import type { Booking } from './model.js';

const shownAtMost = 100;

const texts = {
  fr: {
    title: 'Bac à sable — réserver',
    banner: 'Bac à sable — ceci n’est pas Cal.com',
    other: 'English',
    heading: 'Réserver un rendez-vous',
    name: 'Nom',
    email: 'Adresse électronique',
    eventType: 'Type de rendez-vous',
    onRequest: 'sur demande',
    day: 'Jour',
    hour: 'Heure (Paris)',
    book: 'Réserver ou demander',
    bookings: 'Réservations',
    when: 'Début (Paris)',
    who: 'Invité',
    what: 'Rendez-vous',
    state: 'État',
    actions: 'Actions',
    confirm: 'Confirmer',
    reject: 'Refuser',
    move: 'Déplacer',
    requestReschedule: 'Demander un autre horaire',
    cancel: 'Annuler',
    noShow: 'Absent',
    undo: 'Finalement présent',
    newStart: 'Nouveau début',
    accepted: 'confirmé',
    pending: 'en\u00a0attente',
    cancelled: 'annulé',
    rejected: 'refusé',
    moved: 'déplacé',
    toMove: 'à\u00a0replacer',
    absent: 'absent',
    of: 'sur',
  },
  en: {
    title: 'Sandbox — book',
    banner: 'Sandbox — this is not Cal.com',
    other: 'Français',
    heading: 'Book a meeting',
    name: 'Name',
    email: 'E-mail address',
    eventType: 'Meeting type',
    onRequest: 'on request',
    day: 'Day',
    hour: 'Time (Paris)',
    book: 'Book or request',
    bookings: 'Bookings',
    when: 'Start (Paris)',
    who: 'Attendee',
    what: 'Meeting',
    state: 'State',
    actions: 'Actions',
    confirm: 'Confirm',
    reject: 'Reject',
    move: 'Move',
    requestReschedule: 'Ask for another time',
    cancel: 'Cancel',
    noShow: 'No-show',
    undo: 'Was there after all',
    newStart: 'New start',
    accepted: 'confirmed',
    pending: 'awaiting confirmation',
    cancelled: 'cancelled',
    rejected: 'rejected',
    moved: 'moved',
    toMove: 'to be moved',
    absent: 'no-show',
    of: 'of',
  },
};

const notices = {
  booked: { fr: 'Rendez-vous réservé.', en: 'Meeting booked.' },
  requested: { fr: 'Demande envoyée : elle attend une confirmation.', en: 'Requested: it awaits confirmation.' },
  confirmed: { fr: 'Demande confirmée.', en: 'Request confirmed.' },
  rejected: { fr: 'Demande refusée.', en: 'Request rejected.' },
  moved: { fr: 'Rendez-vous déplacé.', en: 'Meeting moved.' },
  to_move: { fr: 'Un autre horaire est demandé.', en: 'Another time was asked for.' },
  cancelled: { fr: 'Rendez-vous annulé.', en: 'Meeting cancelled.' },
  no_show: { fr: 'Absence notée.', en: 'No-show noted.' },
  no_show_undone: { fr: 'Absence retirée.', en: 'No-show taken back.' },
  refused: { fr: 'Cette action n’est pas possible.', en: 'This cannot be done.' },
};

export type Notice = keyof typeof notices;
type Texts = (typeof texts)[Lang];

export function isNotice(value: string | undefined): value is Notice {
  return value !== undefined && Object.hasOwn(notices, value);
}

export function bookingPage(lang: Lang, parts: CalComParts, zone: string, notice: Notice | null, chosen: string) {
  const say = texts[lang];
  const bookings = [...parts.store.bookings.values()].toSorted(
    (left, right) => right.startsAt.getTime() - left.startsAt.getTime(),
  );
  const shown = bookings.slice(0, shownAtMost);
  const body = html`
    <p class="banner" role="note">
      <strong>${say.banner}</strong><a href="?lang=${lang === 'fr' ? 'en' : 'fr'}">${say.other}</a>
    </p>
    ${notice && noticeCard(notice, lang)}
    <h1>${say.heading}</h1>
    ${bookingForm(say, lang, parts, zone, chosen)}
    <section class="card">
      <h2>${say.bookings} <span class="soft">${shown.length} ${say.of} ${bookings.length}</span></h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>${say.when}</th>
              <th>${say.who}</th>
              <th>${say.what}</th>
              <th>${say.state}</th>
              <th>${say.actions}</th>
            </tr>
          </thead>
          <tbody>
            ${shown.map((booking) => row(booking, say, lang, parts, zone))}
          </tbody>
        </table>
      </div>
    </section>
  `;
  return { lang, title: say.title, body };
}

function noticeCard(notice: Notice, lang: Lang): Html {
  const kind = notice === 'refused' ? 'notice problem' : 'notice';
  return html`<p class="card ${kind}" role="status">${notices[notice][lang]}</p>`;
}

function bookingForm(say: Texts, lang: Lang, parts: CalComParts, zone: string, chosen: string): Html {
  const tomorrow = DateTime.fromJSDate(parts.clock.now()).setZone(zone).plus({ days: 1 }).toISODate();
  return html`<form class="card" method="post" action="/cal-com/book?lang=${lang}">
    <div class="fields">
      <label>${say.name}<input name="name" value="Zoé Martin" required autocomplete="off" /></label>
      <label
        >${say.email}<input name="email" type="email" value="zoe.martin@example.test" required autocomplete="off"
      /></label>
      <label
        >${say.eventType}<select name="event_type">
          ${eventTypeChoices(say, parts, chosen)}
        </select></label
      >
      <label>${say.day}<input name="day" type="date" value="${tomorrow}" required /></label>
      <label>${say.hour}<input name="hour" type="time" value="14:00" required /></label>
    </div>
    <div class="row"><button>${say.book}</button></div>
  </form>`;
}

/** The newest users first: whoever connected last is whom one wants to book with. */
function eventTypeChoices(say: Texts, { store }: CalComParts, chosen: string): Html[] {
  return [...store.users.values()].toReversed().map(
    (user) =>
      html`<optgroup label="${user.name} — ${user.displayEmail}">
        ${store.eventTypesOf(user).map(({ id, title, requiresConfirmation }) => {
          const selected = String(id) === chosen ? html` selected` : null;
          return html`<option value="${id}" ${selected}>
            ${title}${requiresConfirmation ? ` (${say.onRequest})` : ''}
          </option>`;
        })}
      </optgroup>`,
  );
}

function row(booking: Booking, say: Texts, lang: Lang, { store }: CalComParts, zone: string): Html {
  const start = DateTime.fromJSDate(booking.startsAt).setZone(zone);
  const people = booking.attendees.map(
    ({ name, email }) => html`${name}<br /><span class="soft">${email}</span><br />`,
  );
  return html`<tr id="${booking.uid}">
    <td>${start.setLocale(lang).toLocaleString({ dateStyle: 'medium', timeStyle: 'short' })}</td>
    <td>${people}</td>
    <td>${store.eventTypeOf(booking).title}<br /><span class="soft">${store.hostOf(booking).name}</span></td>
    <td>${stateTag(booking, say)}</td>
    <td>${actions(booking, say, lang, start)}</td>
  </tr>`;
}

function stateTag(booking: Booking, say: Texts): Html {
  const { attendees, rescheduledTo, isRescheduleRequested, status } = booking;
  if (attendees.some(({ isAbsent }) => isAbsent)) return html`<span class="tag no_show">${say.absent}</span>`;
  if (rescheduledTo) return html`<span class="tag canceled">${say.moved}</span>`;
  if (isRescheduleRequested) return html`<span class="tag no_show">${say.toMove}</span>`;
  const isOver = status === 'cancelled' || status === 'rejected';
  return html`<span class="tag ${isOver ? 'canceled' : ''}">${say[status]}</span>`;
}

function actions(booking: Booking, say: Texts, lang: Lang, start: DateTime): Html | null {
  const { attendees, isRescheduleRequested, rescheduledTo, status, uid } = booking;
  const isStanding = status === 'accepted' || status === 'pending';
  const canMove = isStanding || (isRescheduleRequested && !rescheduledTo);
  if (!canMove) return null;
  const isAbsent = attendees.some((attendee) => attendee.isAbsent);
  const button = (action: string, text: string, kind = 'quiet') =>
    html`<form method="post" action="/cal-com/bookings/${uid}/${action}?lang=${lang}">
      <button class="${kind} small">${text}</button>
    </form>`;
  const nextDay = start.plus({ days: 1 }).toFormat("yyyy-MM-dd'T'HH:mm");
  return html`<div class="actions">
    ${status === 'pending' ? [button('confirm', say.confirm), button('reject', say.reject, 'stop')] : null}
    <form method="post" action="/cal-com/bookings/${uid}/move?lang=${lang}">
      <input type="datetime-local" name="start" value="${nextDay}" aria-label="${say.newStart}" required />
      <button class="quiet small">${say.move}</button>
    </form>
    ${isStanding ? [button('request-reschedule', say.requestReschedule), button('cancel', say.cancel, 'stop')] : null}
    ${status === 'accepted' ? button(isAbsent ? 'undo-no-show' : 'no-show', isAbsent ? say.undo : say.noShow) : null}
  </div>`;
}
