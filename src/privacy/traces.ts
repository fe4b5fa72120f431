/** By what a person is recognised in texts: whole words only, whatever their case. */
export interface Traces {
  readonly email: string;
  /** Names of two words or more; a single word could be anybody's. */
  readonly names: readonly string[];
  readonly phones: readonly string[];
}

const PHONE_DIGITS = 9;

/** Signs of regular expressions that JavaScript and PostgreSQL understand alike. */
const SIGNS = /[.*+?^${}()|[\]\\/]/g;

/**
 * One pattern for every way in which the person may be written in a text, in JSON or in an address: for PostgreSQL's
 * `~*` and for JavaScript alike. What stands around it keeps ann@example.org apart from joann@example.org.
 */
export function tracePattern({ email, names, phones }: Traces): string {
  const addresses = spellings(email).map((one) => `(?<![A-Za-z0-9._%+-])${one}(?![A-Za-z0-9-]|\\.[A-Za-z0-9])`);
  const words = names.filter(isTelling).flatMap(spellings);
  const numbers = phones.flatMap(phonePattern);
  return [...addresses, ...words.map((one) => `(?<!\\w)${one}(?!\\w)`), ...numbers].join('|');
}

/** Long enough, and of more than one word. */
export function isTelling(name: string): boolean {
  return name.trim().length >= 5 && /\S\s+\S/.test(name.trim());
}

/** As it is, as JSON has it, and as addresses have it. */
function spellings(text: string): string[] {
  const plain = text.trim();
  const variants = [
    plain,
    JSON.stringify(plain).slice(1, -1),
    encodeURIComponent(plain),
    plain.replaceAll(/\s+/g, '+'),
  ];
  const cases = variants.flatMap((variant) => [variant, variant.toLowerCase(), variant.toUpperCase()]);
  return [...new Set(cases)].map((variant) => variant.replaceAll(SIGNS, '\\$&'));
}

/** However it is grouped, and with or without the code of its country. */
function phonePattern(phone: string): string[] {
  const digits = phone.replaceAll(/\D/g, '');
  if (digits.length < PHONE_DIGITS) return [];
  const last = digits.slice(-PHONE_DIGITS).split('').join('[ .()-]*');
  return [`(?<![\\w-])(?:\\+?\\d{1,3}[ .()-]*)?${last}(?![\\w-])`];
}
