import { isEmail } from 'class-validator';
import { domainToASCII } from 'node:url';

/** The longest address a mail server has to take (RFC 5321). */
const LONGEST = 254;

/** Anything else would be a display name, a quoted part, a second recipient or a header. */
const PLAIN = /^[!#$%&'*+/=?^_`{|}~.\dA-Za-z-]+@[^\s"<>(),;:@\\[\]]+$/;

/**
 * The one mailbox that the text names, in the form every mail server takes: a local part in ASCII, the domain in its
 * IDNA form. Null when the text is anything else.
 */
export function toMailbox(text: string): string | null {
  const given = text.replaceAll(/^ +| +$/g, '');
  // A local part that begins with a dash could be read as an option by a sendmail program.
  if (!PLAIN.test(given) || given.startsWith('-') || given.length > LONGEST) return null;
  const at = given.lastIndexOf('@');
  const domain = domainToASCII(given.slice(at + 1));
  const mailbox = `${given.slice(0, at)}@${domain}`;
  return domain !== '' && mailbox.length <= LONGEST && isEmail(mailbox) ? mailbox : null;
}

/** Two spellings of one mailbox are one recipient: servers that tell cases apart in a local part do not exist. */
export function mailboxKey(mailbox: string): string {
  return mailbox.toLowerCase();
}
