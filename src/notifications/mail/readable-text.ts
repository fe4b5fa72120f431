// What others wrote, before it stands in a mail. Control characters could end a header or a line; marks of direction
// could show a link or a name backwards.
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const LONGEST_LINE = 200;
const LONGEST_TEXT = 4_000;

/** One line, whatever it was. */
export function toLine(text: string, longest = LONGEST_LINE): string {
  return cut(
    text.toWellFormed().replaceAll(BREAKS, ' ').replaceAll(DIRECTION, '').replaceAll(/ {2,}/g, ' ').trim(),
    longest,
  );
}

/** The lines of a longer text, without empty ones at its ends. */
export function toLines(text: string): string[] {
  return cut(text.toWellFormed(), LONGEST_TEXT)
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => toLine(line, LONGEST_TEXT))
    .join('\n')
    .trim()
    .split('\n');
}

/** By characters that people see as one, so that none is cut in half. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // A character may be several units long; whoever piles up more than this on one writes no name.
  const seen = [...new Intl.Segmenter().segment(text.slice(0, longest * 8))].map(({ segment }) => segment);
  const isWhole = text.length <= longest * 8;
  return isWhole && seen.length <= longest ? text : `${seen.slice(0, longest - 1).join('')}…`;
}
