import { DateTime } from 'luxon';
import { html, type Html, type Lang } from '../page.js';
import type { CalendlyParts } from './calendly-parts.js';
import type { Invitee } from './model.js';

const shownAtMost = 100;

const texts = {
  fr: {
    title: 'Bac à sable — réserver',
    banner: 'Bac à sable — ceci n’est pas Calendly',
    other: 'English',
    heading: 'Réserver un rendez-vous',
    name: 'Nom',
    email: 'Adresse électronique',
    eventType: 'Type de rendez-vous',
    day: 'Jour',
    hour: 'Heure (Paris)',
    book: 'Réserver',
    bookings: 'Réservations',
    when: 'Début (Paris)',
    who: 'Invité',
    what: 'Rendez-vous',
    state: 'État',
    actions: 'Actions',
    move: 'Déplacer',
    cancel: 'Annuler',
    noShow: 'Absent',
    undo: 'Finalement présent',
    newStart: 'Nouveau début',
    active: 'confirmé',
    canceled_state: 'annulé',
    rescheduled: 'déplacé',
    no_show_state: 'absent',
    of: 'sur',
  },
  en: {
    title: 'Sandbox — book',
    banner: 'Sandbox — this is not Calendly',
    other: 'Français',
    heading: 'Book a meeting',
    name: 'Name',
    email: 'E-mail address',
    eventType: 'Meeting type',
    day: 'Day',
    hour: 'Time (Paris)',
    book: 'Book',
    bookings: 'Bookings',
    when: 'Start (Paris)',
    who: 'Invitee',
    what: 'Meeting',
    state: 'State',
    actions: 'Actions',
    move: 'Move',
    cancel: 'Cancel',
    noShow: 'No-show',
    undo: 'Was there after all',
    newStart: 'New start',
    active: 'confirmed',
    canceled_state: 'canceled',
    rescheduled: 'moved',
    no_show_state: 'no-show',
    of: 'of',
  },
};

const notices = {
  booked: { fr: 'Rendez-vous réservé.', en: 'Meeting booked.' },
  moved: { fr: 'Rendez-vous déplacé.', en: 'Meeting moved.' },
  canceled: { fr: 'Rendez-vous annulé.', en: 'Meeting canceled.' },
  no_show: { fr: 'Absence notée.', en: 'No-show noted.' },
  no_show_undone: { fr: 'Absence retirée.', en: 'No-show taken back.' },
  refused: { fr: 'Cette action n’est pas possible.', en: 'This cannot be done.' },
};

type Notice = keyof typeof notices;
type Texts = (typeof texts)[Lang];

export function isNotice(value: string | undefined): value is Notice {
  return value !== undefined && Object.hasOwn(notices, value);
}

export function bookingPage(lang: Lang, parts: CalendlyParts, zone: string, notice: Notice | null) {
  const say = texts[lang];
  const rows = [...parts.store.invitees.values()].toSorted(
    (left, right) => parts.store.eventOf(right).startsAt.getTime() - parts.store.eventOf(left).startsAt.getTime(),
  );
  const shown = rows.slice(0, shownAtMost);
  const body = html`
    <p class="banner" role="note">
      <strong>${say.banner}</strong><a href="?lang=${lang === 'fr' ? 'en' : 'fr'}">${say.other}</a>
    </p>
    ${notice && noticeCard(notice, lang)}
    <h1>${say.heading}</h1>
    ${bookingForm(say, lang, parts, zone)}
    <section class="card">
      <h2>${say.bookings} <span class="soft">${shown.length} ${say.of} ${rows.length}</span></h2>
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
            ${shown.map((invitee) => row(invitee, say, lang, parts, zone))}
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

function bookingForm(say: Texts, lang: Lang, parts: CalendlyParts, zone: string): Html {
  const tomorrow = DateTime.fromJSDate(parts.clock.now()).setZone(zone).plus({ days: 1 }).toISODate();
  return html`<form class="card" method="post" action="/calendly/book?lang=${lang}">
    <div class="fields">
      <label>${say.name}<input name="name" value="Zoé Martin" required autocomplete="off" /></label>
      <label
        >${say.email}<input name="email" type="email" value="zoe.martin@example.test" required autocomplete="off"
      /></label>
      <label
        >${say.eventType}<select name="event_type">
          ${eventTypeChoices(parts)}
        </select></label
      >
      <label>${say.day}<input name="day" type="date" value="${tomorrow}" required /></label>
      <label>${say.hour}<input name="hour" type="time" value="14:00" required /></label>
    </div>
    <div class="row"><button>${say.book}</button></div>
  </form>`;
}

function eventTypeChoices({ store }: CalendlyParts): Html[] {
  return [...store.accounts.values()].map(
    (account) =>
      html`<optgroup label="${account.name}">
        ${store.eventTypesOf(account).map((type) => html`<option value="${type.id}">${type.name}</option>`)}
      </optgroup>`,
  );
}

function row(invitee: Invitee, say: Texts, lang: Lang, parts: CalendlyParts, zone: string): Html {
  const event = parts.store.eventOf(invitee);
  const start = DateTime.fromJSDate(event.startsAt).setZone(zone);
  return html`<tr id="${invitee.id}">
    <td>${start.setLocale(lang).toLocaleString({ dateStyle: 'medium', timeStyle: 'short' })}</td>
    <td>${invitee.form.name}<br /><span class="soft">${invitee.form.email}</span></td>
    <td>${event.name}<br /><span class="soft">${parts.store.hostOf(event).name}</span></td>
    <td>${stateTag(invitee, say)}</td>
    <td>${invitee.status === 'active' ? actions(invitee, say, lang, start) : null}</td>
  </tr>`;
}

function stateTag(invitee: Invitee, say: Texts): Html {
  if (invitee.noShow) return html`<span class="tag no_show">${say.no_show_state}</span>`;
  if (invitee.status === 'active') return html`<span class="tag">${say.active}</span>`;
  return html`<span class="tag canceled">${invitee.isRescheduled ? say.rescheduled : say.canceled_state}</span>`;
}

function actions(invitee: Invitee, say: Texts, lang: Lang, start: DateTime): Html {
  const to = (action: string) => `/calendly/invitees/${invitee.id}/${action}?lang=${lang}`;
  const nextDay = start.plus({ days: 1 }).toFormat("yyyy-MM-dd'T'HH:mm");
  const [noShowAction, noShowText] = invitee.noShow ? ['undo-no-show', say.undo] : ['no-show', say.noShow];
  return html`<div class="actions">
    <form method="post" action="${to('move')}">
      <input type="datetime-local" name="start" value="${nextDay}" aria-label="${say.newStart}" required />
      <button class="quiet small">${say.move}</button>
    </form>
    <form method="post" action="${to('cancel')}"><button class="stop small">${say.cancel}</button></form>
    <form method="post" action="${to(noShowAction)}"><button class="quiet small">${noShowText}</button></form>
  </div>`;
}
