import { bodyOf, rest } from '@/api/passerelle';
import type { Formation } from './formations.queries';

/** A link alone would come without the session: the file is fetched, and handed to the browser. */
export async function saveCalendar({ id, title }: Pick<Formation, 'id' | 'title'>): Promise<void> {
  const text = await bodyOf(
    rest.GET('/api/formations/{id}/calendar.ics', { params: { path: { id } }, parseAs: 'text' }),
  );
  const address = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${title.replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim() || 'formation'}.ics`;
  link.click();
  URL.revokeObjectURL(address);
}
