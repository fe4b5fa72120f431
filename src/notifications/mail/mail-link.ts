/** A link as a mail shows it: always in full, and to be clicked only when it leads where it says. */
export interface MailLink {
  text: string;
  href: string | null;
}

const LONGEST = 2_000;

/** What makes a link look like another one: blanks, controls, marks of direction, a user before the host. */
const DECEPTIVE = /[\s\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}]/u;

export function isWebLink(text: string): boolean {
  const link = text.trim();
  return link.length <= LONGEST && /^https?:\/\//i.test(link) && !DECEPTIVE.test(link) && URL.canParse(link);
}

/** Null when the text is no http(s) link at all. */
export function toMailLink(text: string | null): MailLink | null {
  if (text === null || !isWebLink(text)) return null;
  const link = text.trim();
  const { protocol, username, password } = new URL(link);
  const isClickable = protocol === 'https:' && username === '' && password === '';
  return { text: link, href: isClickable ? link : null };
}
