const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };
const wrapping =
  '<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n</head>\r\n<body>\r\n';
const previewLength = 255;

/** Bodies are kept as HTML documents, whatever they came as: an answer is never byte for byte what was sent (contract 5). */
export function toHtml(contentType: 'text' | 'html', content: string): string {
  if (content === '') return '';
  if (contentType === 'html') return /<html[\s>]/i.test(content) ? content : wrap(content);
  const lines = escape(content).split(/\r\n|\r|\n/);
  return wrap(`<div class="PlainText">${lines.join('<br>\r\n')}</div>`);
}

export function toText(html: string): string {
  const body = /<body[^>]*>([\s\S]*)<\/body>/i.exec(html)?.[1] ?? html;
  const broken = body
    .replace(/\s*\r?\n\s*/g, ' ')
    .replace(/<br\s*\/?>\s*/gi, '\r\n')
    .replace(/<\/(p|div|li|tr|h[1-6])>\s*/gi, '\r\n')
    .replace(/<(style|script)[\s\S]*?<\/\1>/gi, '')
    .replace(/<[^>]+>/g, '');
  return unescape(broken)
    .replace(/[ \t]+\r\n/g, '\r\n')
    .trim();
}

export function toPreview(html: string): string {
  return toText(html).slice(0, previewLength);
}

function wrap(content: string): string {
  return `${wrapping}${content}\r\n</body>\r\n</html>\r\n`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function unescape(text: string): string {
  return text.replace(/&(#\d+|#x[0-9a-f]+|\w+);/gi, (whole, name: string) => {
    const known = entities[name.toLowerCase()];
    if (known !== undefined) return known;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return name.startsWith('#') && Number.isInteger(code) && code < 0x11_0000 ? String.fromCodePoint(code) : whole;
  });
}
