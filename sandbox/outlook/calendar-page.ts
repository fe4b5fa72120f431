import { DateTime } from 'luxon';
import { html, type Html, type Lang } from '../page.js';
import { type Entry, entriesIn } from './entries.js';
import { idOf, type Mailbox } from './mailbox.js';

const daysBefore = 7;
const daysAfter = 60;
const shownAtMost = 150;

const texts = {
  fr: {
    title: 'Bac à sable — agenda',
    banner: 'Bac à sable — ceci n’est pas Outlook',
    other: 'English',
    heading: 'Ajouter un événement',
    account: 'Compte',
    show: 'Afficher',
    subject: 'Objet',
    calendar: 'Agenda',
    day: 'Jour',
    from: 'De',
    to: 'À',
    repeat: 'Chaque semaine, nombre de fois',
    add: 'Ajouter',
    events: 'Événements',
    when: 'Début',
    what: 'Objet',
    kind: 'Type',
    actions: 'Actions',
    move: 'Déplacer',
    rename: 'Renommer',
    delete: 'Supprimer',
    deleteSeries: 'Supprimer la série',
    newStart: 'Nouveau début',
    newSubject: 'Nouvel objet',
    allDay: 'toute la journée',
    singleInstance: 'événement',
    occurrence: 'occurrence',
    exception: 'occurrence modifiée',
    seriesMaster: 'série',
    of: 'sur',
  },
  en: {
    title: 'Sandbox — calendar',
    banner: 'Sandbox — this is not Outlook',
    other: 'Français',
    heading: 'Add an event',
    account: 'Account',
    show: 'Show',
    subject: 'Subject',
    calendar: 'Calendar',
    day: 'Day',
    from: 'From',
    to: 'To',
    repeat: 'Every week, so many times',
    add: 'Add',
    events: 'Events',
    when: 'Start',
    what: 'Subject',
    kind: 'Kind',
    actions: 'Actions',
    move: 'Move',
    rename: 'Rename',
    delete: 'Delete',
    deleteSeries: 'Delete the series',
    newStart: 'New start',
    newSubject: 'New subject',
    allDay: 'all day',
    singleInstance: 'event',
    occurrence: 'occurrence',
    exception: 'changed occurrence',
    seriesMaster: 'series',
    of: 'of',
  },
};

const notices = {
  added: { fr: 'Événement ajouté.', en: 'Event added.' },
  moved: { fr: 'Événement déplacé.', en: 'Event moved.' },
  renamed: { fr: 'Événement renommé.', en: 'Event renamed.' },
  deleted: { fr: 'Événement supprimé.', en: 'Event deleted.' },
  refused: { fr: 'Cette action n’est pas possible.', en: 'This cannot be done.' },
};

export type Notice = keyof typeof notices;
type Texts = (typeof texts)[Lang];

export interface CalendarPage {
  lang: Lang;
  mailbox: Mailbox;
  emails: string[];
  now: Date;
  /** The zone of the page: the mailbox's own. */
  iana: string;
  notice: Notice | null;
}

export function isNotice(value: string | undefined): value is Notice {
  return value !== undefined && Object.hasOwn(notices, value);
}

export function calendarPage(shown: CalendarPage) {
  const { lang, mailbox, now, notice } = shown;
  const say = texts[lang];
  const day = 86_400_000;
  const window = { from: now.getTime() - daysBefore * day, to: now.getTime() + daysAfter * day };
  const entries = mailbox
    .items()
    .flatMap((item) => entriesIn(item, window))
    .sort((one, other) => one.content.start.at - other.content.start.at);
  const { email } = mailbox.account;
  const inOther = `?lang=${lang === 'fr' ? 'en' : 'fr'}&account=${encodeURIComponent(email)}`;
  const body = html`
    <p class="banner" role="note"><strong>${say.banner}</strong><a href="${inOther}">${say.other}</a></p>
    ${notice ? noticeCard(notice, lang) : null}
    <form class="card" method="get" action="/outlook/">
      <input type="hidden" name="lang" value="${lang}" />
      <div class="fields">
        <label
          >${say.account}<select name="account">
            ${shown.emails.map((other) => choice(other, other === email))}
          </select></label
        >
      </div>
      <div class="row"><button class="quiet">${say.show}</button></div>
    </form>
    <h1>${say.heading}</h1>
    ${addForm(say, shown)}
    <section class="card">
      <h2>${say.events} (${Math.min(entries.length, shownAtMost)} ${say.of} ${entries.length})</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>${say.when}</th>
              <th>${say.what}</th>
              <th>${say.calendar}</th>
              <th>${say.kind}</th>
              <th>${say.actions}</th>
            </tr>
          </thead>
          <tbody>
            ${entries.slice(0, shownAtMost).map((entry) => row(entry, say, shown))}
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

function choice(value: string, isSelected: boolean): Html {
  return html`<option value="${value}" ${isSelected ? html`selected` : null}>${value}</option>`;
}

function addForm(say: Texts, { lang, mailbox, now, iana }: CalendarPage): Html {
  const tomorrow = DateTime.fromJSDate(now).setZone(iana).plus({ days: 1 }).toISODate();
  return html`<form class="card" method="post" action="/outlook/events?lang=${lang}">
    <input type="hidden" name="account" value="${mailbox.account.email}" />
    <div class="fields">
      <label>${say.subject}<input name="subject" value="Rendez-vous" required autocomplete="off" /></label>
      <label
        >${say.calendar}<select name="calendar">
          ${[...mailbox.calendars.values()].map(({ name, isDefault }) => choice(name, isDefault))}
        </select></label
      >
      <label>${say.day}<input name="day" type="date" value="${tomorrow}" required /></label>
      <label>${say.from}<input name="from" type="time" value="10:00" required /></label>
      <label>${say.to}<input name="to" type="time" value="11:00" required /></label>
      <label>${say.repeat}<input name="times" type="number" value="1" min="1" max="52" required /></label>
    </div>
    <div class="row"><button>${say.add}</button></div>
  </form>`;
}

function row(entry: Entry, say: Texts, shown: CalendarPage): Html {
  const { content, item } = entry;
  const start = DateTime.fromMillis(content.start.at, { zone: shown.iana });
  const when = content.isAllDay
    ? `${start.setLocale(shown.lang).toLocaleString({ dateStyle: 'medium' })}, ${say.allDay}`
    : start.setLocale(shown.lang).toLocaleString({ dateStyle: 'medium', timeStyle: 'short' });
  return html`<tr>
    <td>${when}</td>
    <td>${content.subject}</td>
    <td>${shown.mailbox.calendars.get(item.calendarId)?.name ?? ''}</td>
    <td><span class="tag">${say[entry.type]}</span></td>
    <td>${actions(entry, start, say, shown)}</td>
  </tr>`;
}

function actions(entry: Entry, start: DateTime, say: Texts, { lang, mailbox }: CalendarPage): Html {
  const to = (action: string) => `/outlook/events/${action}?lang=${lang}`;
  const named = html`<input type="hidden" name="account" value="${mailbox.account.email}" /><input
      type="hidden"
      name="event"
      value="${idOf(entry, 'immutable')}"
    />`;
  const later = start.plus({ hours: 1 }).toFormat("yyyy-MM-dd'T'HH:mm");
  const move = html`<form method="post" action="${to('move')}">
    ${named}<input type="datetime-local" name="start" value="${later}" aria-label="${say.newStart}" required />
    <button class="quiet small">${say.move}</button>
  </form>`;
  const ofSeries = html`<form method="post" action="${to('delete')}">
    ${named}<input type="hidden" name="scope" value="series" /><button class="stop small">${say.deleteSeries}</button>
  </form>`;
  return html`<div class="actions">
    ${entry.content.isAllDay ? null : move}
    <form method="post" action="${to('rename')}">
      ${named}<input
        name="subject"
        value="${entry.content.subject}"
        aria-label="${say.newSubject}"
        required
        autocomplete="off"
      />
      <button class="quiet small">${say.rename}</button>
    </form>
    <form method="post" action="${to('delete')}">${named}<button class="stop small">${say.delete}</button></form>
    ${entry.date === null ? null : ofSeries}
  </div>`;
}
