import type { FastifyReply } from 'fastify';

export type Lang = 'fr' | 'en';

/** Markup that is already safe to send. Anything else that enters a template is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = Html | string | number | null | Piece[];

export function html(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(strings.reduce((text, part, index) => text + render(pieces[index - 1] ?? null) + part));
}

export function langOf(query: unknown): Lang {
  return typeof query === 'object' && query !== null && 'lang' in query && query.lang === 'en' ? 'en' : 'fr';
}

export function page(reply: FastifyReply, content: { lang: Lang; title: string; body: Html; status?: number }) {
  const { text } = html`<!doctype html>
    <html lang="${content.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${content.title}</title>
        <style>
          ${new Html(css)}
        </style>
      </head>
      <body>
        <main>${content.body}</main>
      </body>
    </html>`;
  return (
    reply
      .status(content.status ?? 200)
      // No form-action here: browsers apply it to the redirect that follows a consent form, which leaves this origin.
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(text)
  );
}

function render(piece: Piece): string {
  if (piece === null) return '';
  if (piece instanceof Html) return piece.text;
  if (Array.isArray(piece)) return piece.map(render).join('');
  return String(piece).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const css = `
:root { --ink: #1d2733; --soft: #5b6875; --line: #d9e0e7; --paper: #fff; --ground: #f3f5f8; --accent: #0b5fff; --stop: #b3261e; color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: .75rem 0 1rem; } h2 { font-size: 1.1rem; margin: 0 0 .75rem; }
.banner { display: flex; gap: 1rem; justify-content: space-between; background: #fff4d6; border: 1px solid #e8cf87; border-radius: .5rem; padding: .5rem .9rem; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; margin: 0 0 1.25rem; }
.narrow { max-width: 30rem; margin: 1rem auto; }
.notice { border-left: 4px solid var(--accent); } .notice.problem { border-color: var(--stop); }
.fields { display: grid; gap: .9rem; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); }
label { display: block; font-size: .875rem; color: var(--soft); }
input, select { width: 100%; font: inherit; color: var(--ink); padding: .4rem .55rem; border: 1px solid #8794a1; border-radius: .4rem; background: #fff; }
input[type=radio] { width: auto; margin: 0 .6rem 0 0; }
.choice { display: flex; align-items: center; color: var(--ink); font-size: 1rem; border: 1px solid var(--line); border-radius: .5rem; padding: .6rem .8rem; margin: .5rem 0; cursor: pointer; }
.choice small, .soft { color: var(--soft); }
button { font: inherit; font-weight: 600; padding: .45rem .9rem; border-radius: .4rem; border: 1px solid var(--accent); background: var(--accent); color: #fff; cursor: pointer; }
button.quiet { background: #fff; color: var(--accent); } button.stop { background: #fff; color: var(--stop); border-color: var(--stop); }
button.small { font-size: .8125rem; padding: .2rem .55rem; }
:focus-visible { outline: 3px solid #8fb5ff; outline-offset: 1px; }
.row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; margin-top: 1rem; }
.actions { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; } .actions form { display: flex; gap: .3rem; margin: 0; }
.actions input { width: auto; padding: .1rem .3rem; font-size: .8125rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; padding: .5rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; } th { color: var(--soft); font-weight: 600; }
.tag { display: inline-block; border-radius: 1rem; padding: 0 .55rem; font-size: .8125rem; background: #e0ecff; } .tag.canceled { background: #f9dedc; } .tag.no_show { background: #ffe9c7; }
code { font: .85em ui-monospace, monospace; background: var(--ground); border-radius: .3rem; padding: .1rem .3rem; overflow-wrap: anywhere; }
a { color: var(--accent); }
`;
