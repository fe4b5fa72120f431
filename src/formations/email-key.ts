import { isEmail } from 'class-validator';
import { domainToASCII } from 'node:url';

/** The longest address a mail server has to take (RFC 5321). */
const LONGEST = 254;

/** What would make it more than one plain mailbox: a display name, a quoted part, a second recipient, a header. */
const MORE_THAN_A_MAILBOX = /[\s"<>(),;:\\[\]]/;

/**
 * The form under which two spellings of one address are the same, and under which accounts are kept too: outer blanks,
 * case, Unicode form and IDNA do not count. Null when the text is not exactly one mailbox.
 */
export function toEmailKey(email: string): string | null {
  const address = email.trim().normalize('NFC').toLowerCase();
  // Half a character would make isEmail throw.
  if (!address.isWellFormed() || address.length > LONGEST || MORE_THAN_A_MAILBOX.test(address)) return null;
  if (!isEmail(address)) return null;
  const at = address.lastIndexOf('@');
  const domain = domainToASCII(address.slice(at + 1));
  const key = `${address.slice(0, at)}@${domain}`;
  // Whoever is written in an alphabet of their own is checked again in the one that mail servers see.
  return domain !== '' && isEmail(key) ? key : null;
}
