/**
 * What a person wrote, out of a text that may hold the notes of appointments too: front ends show all notes as one text
 * and send all of it back. Those paragraphs are already noted, and would otherwise be there twice.
 */
export function withoutAppointmentNotes(text: string, appointmentNotes: readonly string[]): string {
  const longestFirst = appointmentNotes.map(toParagraphs).sort((one, other) => other.length - one.length);
  return longestFirst.reduce(withoutRun, toParagraphs(text)).join('\n\n');
}

function toParagraphs(text: string): string[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n(?:[ \t]*\n)+/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}

/** A note may itself be several paragraphs; it is taken out where they follow one another. */
function withoutRun(paragraphs: string[], run: string[]): string[] {
  if (run.length === 0) return paragraphs;
  const kept: string[] = [];
  let at = 0;
  while (at < paragraphs.length) {
    if (run.every((paragraph, offset) => paragraphs[at + offset] === paragraph)) {
      at += run.length;
    } else {
      kept.push(paragraphs[at]!);
      at += 1;
    }
  }
  return kept;
}
