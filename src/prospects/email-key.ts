import { isEmail } from 'class-validator';
import { domainToASCII } from 'node:url';

/** What would make it more than one plain mailbox: a display name, a quoted part, a second recipient, a header. */
const MORE_THAN_A_MAILBOX = /[\s"<>(),;:\\[\]]/;

/**
 * The form under which two spellings of one address are the same: outer blanks, case, Unicode form and IDNA do not
 * count. Null when the text is not exactly one mailbox.
 */
export function toEmailKey(email: string): string | null {
  const address = email.trim().normalize('NFC').toLowerCase();
  if (address.length > 254 || MORE_THAN_A_MAILBOX.test(address) || !isEmail(address)) return null;
  const at = address.lastIndexOf('@');
  const domain = domainToASCII(address.slice(at + 1));
  const key = `${address.slice(0, at)}@${domain}`;
  // Whoever is written in an alphabet of their own is checked again in the one that mail servers see.
  return domain !== '' && isEmail(key) ? key : null;
}
