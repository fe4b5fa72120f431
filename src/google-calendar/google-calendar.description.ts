/** Only what is a tag to the letter: `a<b and c>d` is arithmetic. */
const ATTRIBUTES = String.raw`(?:\s+[a-z-]+=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))*\s*/?>`;
const NAMES = 'p|br|b|i|u|s|em|strong|a|ul|ol|li|div|span|font|h[1-6]|table|tbody|tr|td|th|html-blob';
const TAG = new RegExp(`</?(?:${NAMES})${ATTRIBUTES}`, 'i');
const LINE_END = new RegExp(`<(?:br|/(?:p|div|li|h[1-6]|tr))${ATTRIBUTES}\\n?`, 'gi');
const ITEM = new RegExp(`<li${ATTRIBUTES}`, 'gi');
const ENTITY = /&(amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});/i;

/**
 * A description as people read it. Google's own pages write HTML into it, other programs plain text, and nothing says
 * which: what holds neither a tag nor an entity that editors write is taken as it is.
 */
export function toPlainText(description: string): string {
  if (!TAG.test(description) && !ENTITY.test(description)) return description;
  return description
    .replaceAll(LINE_END, '\n')
    .replaceAll(ITEM, '- ')
    .replaceAll(new RegExp(TAG, 'gi'), '')
    .replaceAll(new RegExp(ENTITY, 'gi'), (entity, name: string) => decode(name.toLowerCase()) ?? entity)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decode(name: string): string | undefined {
  if (!name.startsWith('#')) return NAMED[name];
  const point = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isText = point > 0 && point <= 0x10_ff_ff && (point < 0xd8_00 || point > 0xdf_ff);
  return isText ? String.fromCodePoint(point).replace('\u00a0', ' ') : undefined;
}
