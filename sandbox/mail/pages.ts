import { html, type Html, type Lang } from '../page.js';
import { attachmentsOf } from './control.js';
import type { Fault } from './faults.js';
import type { ReceivedMail } from './inbox.js';

const shownAtMost = 200;

const texts = {
  fr: {
    title: 'Bac à sable — e-mails',
    banner: 'Bac à sable — ces e-mails n’ont été envoyés à personne',
    other: 'English',
    heading: 'E-mails reçus',
    none: 'Aucun e-mail pour l’instant. Réservez un rendez-vous dans le bac à sable de Calendly.',
    when: 'Reçu',
    to: 'Pour',
    from: 'De',
    subject: 'Objet',
    copy: 'copie n° ',
    refresh: 'Actualiser',
    clear: 'Vider',
    back: 'Tous les e-mails',
    text: 'Texte',
    message: 'Message',
    attachments: 'Pièces jointes',
    headers: 'En-têtes',
    source: 'Source',
    noHtml: 'Ce message n’a pas de partie HTML.',
    faults: 'Faire échouer les prochains envois',
    order: 'Échouer',
    times: 'Combien de fois',
    stop: 'Ne plus échouer',
    ordered: 'Pannes en attente',
  },
  en: {
    title: 'Sandbox — mail',
    banner: 'Sandbox — these mails were delivered to nobody',
    other: 'Français',
    heading: 'Mail received',
    none: 'No mail yet. Book a meeting in the Calendly sandbox.',
    when: 'Received',
    to: 'To',
    from: 'From',
    subject: 'Subject',
    copy: 'copy ',
    refresh: 'Refresh',
    clear: 'Empty',
    back: 'All mail',
    text: 'Text',
    message: 'Message',
    attachments: 'Attachments',
    headers: 'Headers',
    source: 'Source',
    noHtml: 'This message has no HTML part.',
    faults: 'Make the next deliveries fail',
    order: 'Fail',
    times: 'How many times',
    stop: 'No more faults',
    ordered: 'Faults to come',
  },
};

type Texts = (typeof texts)[Lang];

/** The faults that a person may want to see, by a short name. */
export const presets = {
  'refuse-recipient': { stage: 'recipient', mode: 'refuse', status: 550 },
  'busy-recipient': { stage: 'recipient', mode: 'refuse', status: 450 },
  'refuse-message': { stage: 'message', mode: 'refuse', status: 554 },
  'hang-message': { stage: 'message', mode: 'hang' },
  'drop-message': { stage: 'message', mode: 'drop' },
  'lose-answer': { stage: 'message', mode: 'lose-answer' },
  'drop-connection': { stage: 'connect', mode: 'drop' },
  'refuse-connection': { stage: 'connect', mode: 'refuse', status: 421 },
} as const;

const presetNames: Record<keyof typeof presets, Record<Lang, string>> = {
  'refuse-recipient': { fr: 'destinataire inconnu (550)', en: 'unknown recipient (550)' },
  'busy-recipient': { fr: 'destinataire indisponible (450)', en: 'recipient unavailable (450)' },
  'refuse-message': { fr: 'message refusé (554)', en: 'message refused (554)' },
  'hang-message': { fr: 'pas de réponse après le message', en: 'no answer after the message' },
  'drop-message': { fr: 'coupure, message perdu', en: 'line cut, message lost' },
  'lose-answer': { fr: 'coupure, message reçu', en: 'line cut, message taken' },
  'drop-connection': { fr: 'coupure à la connexion', en: 'line cut on connection' },
  'refuse-connection': { fr: 'serveur occupé (421)', en: 'server busy (421)' },
};

export function isPreset(name: unknown): name is keyof typeof presets {
  return typeof name === 'string' && Object.hasOwn(presets, name);
}

export function listPage(lang: Lang, mails: readonly ReceivedMail[], faults: readonly Fault[]) {
  const t = texts[lang];
  const rows = mails.slice(0, shownAtMost).map(
    (mail) =>
      html`<tr>
        <td>${timeOf(mail, lang)}</td>
        <td>${mail.envelope.to.join(', ')}</td>
        <td>
          <a href="messages/${mail.id}?lang=${lang}">${mail.content.subject || '—'}</a>
          ${mail.copy > 1 ? html`<span class="tag no_show">${t.copy}${mail.copy}</span>` : ''}
        </td>
      </tr>`,
  );
  const table = html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th>${t.when}</th>
          <th>${t.to}</th>
          <th>${t.subject}</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
  const body = html`${banner(t, lang, './')}
    <h1>${t.heading} (${mails.length})</h1>
    <section class="card">
      ${mails.length === 0 ? html`<p class="soft">${t.none}</p>` : table}
      <div class="row">
        <a href="./?lang=${lang}">${t.refresh}</a>
        <form method="post" action="clear?lang=${lang}"><button class="quiet small">${t.clear}</button></form>
      </div>
    </section>
    ${faultsCard(t, lang, faults)}`;
  return { lang, title: t.title, body };
}

export function mailPage(lang: Lang, mail: ReceivedMail) {
  const t = texts[lang];
  const { content } = mail;
  const attachments = attachmentsOf(mail).map(
    ({ filename, mimeType, text }, index) =>
      html`<p><a href="${mail.id}/attachments/${index}">${filename}</a> <span class="soft">${mimeType}</span></p>
        <pre class="scroll"><code>${text}</code></pre>`,
  );
  const headers = content.headers.map(
    ({ key, value }) =>
      html`<tr>
        <th>${key}</th>
        <td>${value}</td>
      </tr>`,
  );
  const body = html`${banner(t, lang, mail.id)}
    <p><a href="../?lang=${lang}">${t.back}</a></p>
    <h1>${content.subject || '—'}</h1>
    <section class="card">
      <table>
        <tbody>
          <tr>
            <th>${t.when}</th>
            <td>${timeOf(mail, lang)}</td>
          </tr>
          <tr>
            <th>${t.from}</th>
            <td>${content.from?.name ?? ''} &lt;${content.from?.address ?? mail.envelope.from}&gt;</td>
          </tr>
          <tr>
            <th>${t.to}</th>
            <td>${mail.envelope.to.join(', ')}</td>
          </tr>
        </tbody>
      </table>
    </section>
    <section class="card">
      <h2>${t.message}</h2>
      ${
        content.html === undefined
          ? html`<p class="soft">${t.noHtml}</p>`
          : html`<iframe
              sandbox="allow-popups"
              title="${t.message}"
              src="${mail.id}/html"
              style="width:100%;height:47rem;border:0"
            ></iframe>`
      }
    </section>
    <section class="card">
      <h2>${t.text}</h2>
      <pre class="scroll">${content.text ?? ''}</pre>
    </section>
    ${
      attachments.length === 0
        ? ''
        : html`<section class="card">
            <h2>${t.attachments}</h2>
            ${attachments}
          </section>`
    }
    <section class="card">
      <h2>${t.headers}</h2>
      <div class="scroll">
        <table>
          <tbody>
            ${headers}
          </tbody>
        </table>
      </div>
      <p><a href="${mail.id}/source">${t.source}</a></p>
    </section>`;
  return { lang, title: `${content.subject ?? ''} — ${t.title}`, body };
}

function banner(t: Texts, lang: Lang, here: string): Html {
  return html`<div class="banner">
    <span>${t.banner}</span><a href="${here}?lang=${lang === 'fr' ? 'en' : 'fr'}">${t.other}</a>
  </div>`;
}

function faultsCard(t: Texts, lang: Lang, faults: readonly Fault[]): Html {
  const options = Object.entries(presetNames).map(
    ([name, label]) => html`<option value="${name}">${label[lang]}</option>`,
  );
  const ordered = faults.map(
    ({ stage, mode, status, times }) =>
      html`<li>${stage}: ${mode}${mode === 'refuse' ? ` ${status}` : ''} × ${times ?? '∞'}</li>`,
  );
  return html`<section class="card">
    <h2>${t.faults}</h2>
    <form method="post" action="faults?lang=${lang}" class="row">
      <label
        >${t.order}<select name="fault">
          ${options}
        </select></label
      >
      <label>${t.times}<input type="number" name="times" value="1" min="1" max="1000" required /></label>
      <button class="stop">${t.order}</button>
    </form>
    ${
      ordered.length === 0
        ? ''
        : html`<h2>${t.ordered}</h2>
            <ul>
              ${ordered}
            </ul>
            <form method="post" action="faults/clear?lang=${lang}">
              <button class="quiet small">${t.stop}</button>
            </form>`
    }
  </section>`;
}

function timeOf({ receivedAt }: ReceivedMail, lang: Lang): string {
  return receivedAt.toLocaleString(lang, { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'medium' });
}
