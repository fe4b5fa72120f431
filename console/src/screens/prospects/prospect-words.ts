import type { TFunction } from 'i18next';

export function nameOf(
  { firstname, lastname, email }: { firstname: string; lastname: string; email: string | null },
  t: TFunction,
): string {
  return `${firstname} ${lastname}`.trim() || email || t('prospects:nameless');
}

/** Statuses and sources are words of the CRM's own: those we know are translated, the others shown as they are. */
export function statusWord(status: string, t: TFunction): string {
  return t(`prospects:statuses.${status}`, { defaultValue: status });
}

export function sourceWord(source: string, t: TFunction): string {
  return t(`common:provider.${source}`, { defaultValue: source });
}

/** The notes are paragraphs in the order of time; the last one says what came last. */
export function lastNoteOf(notes: string): string {
  return notes.split(/\n{2,}/).at(-1) ?? '';
}
