import { DateTime } from 'luxon';
import { html, type Html, type Lang } from '../page.js';
import { toMillis } from './event-time.js';
import type { Account, Calendar, StoredEvent } from './model.js';

const texts = {
  fr: {
    title: 'Bac à sable — agenda',
    banner: 'Bac à sable — ceci n’est pas Google',
    other: 'English',
    heading: 'Agenda',
    account: 'Compte',
    calendar: 'Agenda',
    week: 'Semaine du',
    show: 'Afficher',
    earlier: '← Semaine précédente',
    later: 'Semaine suivante →',
    add: 'Ajouter un événement',
    summary: 'Titre',
    day: 'Jour',
    hour: 'Heure (vide : toute la journée)',
    minutes: 'Durée (minutes)',
    create: 'Ajouter',
    none: 'Rien cette semaine.',
    untitled: '(sans titre)',
    allDay: 'toute la journée',
    start: 'Début',
    save: 'Enregistrer',
    remove: 'Supprimer',
    this: 'cette occurrence',
    following: 'celle-ci et les suivantes',
    all: 'toute la série',
    scope: 'Ce que l’action concerne',
    private: 'privé',
    series: 'série',
    readOnly: 'Cet agenda est en lecture seule.',
  },
  en: {
    title: 'Sandbox — calendar',
    banner: 'Sandbox — this is not Google',
    other: 'Français',
    heading: 'Calendar',
    account: 'Account',
    calendar: 'Calendar',
    week: 'Week of',
    show: 'Show',
    earlier: '← Previous week',
    later: 'Next week →',
    add: 'Add an event',
    summary: 'Title',
    day: 'Day',
    hour: 'Time (empty: all day)',
    minutes: 'Length (minutes)',
    create: 'Add',
    none: 'Nothing this week.',
    untitled: '(no title)',
    allDay: 'all day',
    start: 'Start',
    save: 'Save',
    remove: 'Delete',
    this: 'this occurrence',
    following: 'this and the following',
    all: 'the whole series',
    scope: 'What the action is about',
    private: 'private',
    series: 'series',
    readOnly: 'This calendar is read-only.',
  },
};

const notices = {
  added: { fr: 'Événement ajouté.', en: 'Event added.' },
  changed: { fr: 'Événement modifié.', en: 'Event changed.' },
  deleted: { fr: 'Événement supprimé.', en: 'Event deleted.' },
  refused: { fr: 'Cette action n’est pas possible.', en: 'This cannot be done.' },
};

type Notice = keyof typeof notices;
type Texts = (typeof texts)[Lang];

export function isNotice(value: string | undefined): value is Notice {
  return value !== undefined && Object.hasOwn(notices, value);
}

export interface Agenda {
  lang: Lang;
  accounts: Account[];
  calendars: Calendar[];
  account: Account;
  calendar: Calendar;
  isWritable: boolean;
  /** A Monday, at midnight of the calendar. */
  monday: DateTime;
  events: StoredEvent[];
  notice: Notice | null;
}

export function agendaPage(agenda: Agenda) {
  const { lang, monday, isWritable } = agenda;
  const say = texts[lang];
  const body = html`
    <p class="banner" role="note">
      <strong>${say.banner}</strong><a href="${hrefOf(agenda, { lang: lang === 'fr' ? 'en' : 'fr' })}">${say.other}</a>
    </p>
    ${agenda.notice && noticeCard(agenda.notice, lang)}
    <h1>${say.heading}</h1>
    ${chooser(agenda, say)}
    <p class="row">
      <a href="${hrefOf(agenda, { week: monday.minus({ weeks: 1 }).toISODate() ?? '' })}">${say.earlier}</a>
      <strong>${say.week} ${monday.setLocale(lang).toLocaleString({ dateStyle: 'long' })}</strong>
      <a href="${hrefOf(agenda, { week: monday.plus({ weeks: 1 }).toISODate() ?? '' })}">${say.later}</a>
    </p>
    ${isWritable ? null : html`<p class="soft">${say.readOnly}</p>`} ${days(agenda, say)}
    ${isWritable ? addForm(agenda, say) : null}
  `;
  return { lang, title: say.title, body };
}

/** Where this page is, with some of it changed. */
export function hrefOf({ lang, account, calendar, monday }: Agenda, more: Record<string, string> = {}): string {
  const week = monday.toISODate() ?? '';
  return `/google/?${new URLSearchParams({ lang, account: account.email, calendar: calendar.id, week, ...more }).toString()}`;
}

function noticeCard(notice: Notice, lang: Lang): Html {
  const kind = notice === 'refused' ? 'notice problem' : 'notice';
  return html`<p class="card ${kind}" role="status">${notices[notice][lang]}</p>`;
}

function chooser({ lang, accounts, calendars, account, calendar, monday }: Agenda, say: Texts): Html {
  const chosen = (is: boolean) => (is ? html` selected` : null);
  return html`<form class="card" method="get" action="/google/">
    <input type="hidden" name="lang" value="${lang}" />
    <div class="fields">
      <label
        >${say.account}<select name="account">
          ${accounts.map(({ email, name }) => html`<option value="${email}" ${chosen(email === account.email)}>${name}</option>`)}
        </select></label
      >
      <label
        >${say.calendar}<select name="calendar">
          ${calendars.map(({ id, summary }) => html`<option value="${id}" ${chosen(id === calendar.id)}>${summary}</option>`)}
        </select></label
      >
      <label>${say.week}<input type="date" name="week" value="${monday.toISODate()}" /></label>
    </div>
    <div class="row"><button class="quiet">${say.show}</button></div>
  </form>`;
}

function days(agenda: Agenda, say: Texts): Html | Html[] {
  const { calendar, monday, lang } = agenda;
  const week = Array.from({ length: 7 }, (_none, index) => monday.plus({ days: index }));
  const shown = week.flatMap((day) => {
    const events = agenda.events.filter((event) => isOn(event, day, calendar.timeZone));
    if (events.length === 0) return [];
    const heading = day.setLocale(lang).toLocaleString({ weekday: 'long', day: 'numeric', month: 'long' });
    return [
      html`<section class="card">
        <h2>${heading}</h2>
        ${events.map((event) => row(event, agenda, say))}
      </section>`,
    ];
  });
  return shown.length > 0 ? shown : html`<p class="card soft">${say.none}</p>`;
}

/** Shown on the day it begins, or on the Monday when it began before. */
function isOn(event: StoredEvent, day: DateTime, zone: string): boolean {
  const start = toMillis(event.fields.start, zone);
  const isFirstDay = day.weekday === 1;
  return start < day.plus({ days: 1 }).toMillis() && (isFirstDay || start >= day.toMillis());
}

function row(event: StoredEvent, agenda: Agenda, say: Texts): Html {
  const { fields, place } = event;
  const { calendar, lang } = agenda;
  const start = DateTime.fromMillis(toMillis(fields.start, calendar.timeZone), { zone: calendar.timeZone });
  const end = DateTime.fromMillis(toMillis(fields.end, calendar.timeZone), { zone: calendar.timeZone });
  const hours = fields.start.date === undefined ? `${start.toFormat('HH:mm')}–${end.toFormat('HH:mm')}` : say.allDay;
  const isPrivate = fields.visibility === 'private';
  return html`<div id="${event.id}" lang="${lang}">
    <p>
      <strong>${fields.summary ?? say.untitled}</strong> ${hours}
      ${place ? html`<span class="tag">${say.series}</span>` : null}
      ${isPrivate ? html`<span class="tag no_show">${say.private}</span>` : null}
    </p>
    ${agenda.isWritable ? actions(event, start, agenda, say) : null}
  </div>`;
}

function actions(event: StoredEvent, start: DateTime, agenda: Agenda, say: Texts): Html {
  const isAllDay = event.fields.start.date !== undefined;
  const value = start.toFormat(isAllDay ? 'yyyy-MM-dd' : "yyyy-MM-dd'T'HH:mm");
  const to = (action: string) => hrefOf(agenda).replace('/google/?', `/google/agenda/${action}?`);
  const scopes = html`<select name="scope" aria-label="${say.scope}" style="width:auto">
    <option value="this">${say.this}</option>
    <option value="following">${say.following}</option>
    <option value="all">${say.all}</option>
  </select>`;
  const named = html`<input type="hidden" name="event" value="${event.id}" /> ${event.place ? scopes : null}`;
  return html`<div class="actions">
    <form method="post" action="${to('change')}">
      ${named}
      <input name="summary" value="${event.fields.summary ?? ''}" aria-label="${say.summary}" autocomplete="off" />
      <input
        type="${isAllDay ? 'date' : 'datetime-local'}"
        name="start"
        value="${value}"
        aria-label="${say.start}"
        required
      />
      <button class="quiet small">${say.save}</button>
    </form>
    <form method="post" action="${to('delete')}">${named}<button class="stop small">${say.remove}</button></form>
  </div>`;
}

function addForm(agenda: Agenda, say: Texts): Html {
  const action = hrefOf(agenda).replace('/google/?', '/google/agenda/add?');
  return html`<form class="card" method="post" action="${action}">
    <h2>${say.add}</h2>
    <div class="fields">
      <label>${say.summary}<input name="summary" required autocomplete="off" /></label>
      <label>${say.day}<input name="day" type="date" value="${agenda.monday.toISODate()}" required /></label>
      <label>${say.hour}<input name="hour" type="time" value="14:00" /></label>
      <label>${say.minutes}<input name="minutes" type="number" min="5" max="1440" value="60" required /></label>
    </div>
    <div class="row"><button>${say.create}</button></div>
  </form>`;
}
