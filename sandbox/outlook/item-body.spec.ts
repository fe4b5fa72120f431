import { describe, expect, it } from '@jest/globals';
import { toHtml, toPreview, toText } from './item-body.js';

describe('bodies', () => {
  it.each(['Salle B', 'Deux lignes\r\net <des chiffres> & "guillemets"', 'Une ligne vide\r\n\r\npuis la suite'])(
    'are HTML documents that say %j again as text',
    (text) => {
      const html = toHtml('text', text);
      expect(html).toMatch(/^<html>[\s\S]*<body>[\s\S]*<\/html>\r\n$/);
      expect(toText(html)).toBe(text);
    },
  );

  it('wraps a fragment, and leaves a document as it is', () => {
    expect(toHtml('html', '<p>A</p>')).toContain('<body>\r\n<p>A</p>\r\n</body>');
    expect(toHtml('html', '<html><body>A</body></html>')).toBe('<html><body>A</body></html>');
    expect(toHtml('text', '')).toBe('');
  });

  it('reads text out of the HTML of others', () => {
    expect(toText('<html><body><p>Un &eacute; &#233; &amp;</p><p>deux<br>trois</p></body></html>')).toBe(
      'Un &eacute; é &\r\ndeux\r\ntrois',
    );
    expect(toPreview(toHtml('text', 'a'.repeat(400)))).toHaveLength(255);
  });
});
