import { describe, expect, it } from '@jest/globals';
import { toPlainText } from './google-calendar.description.js';

describe('a description', () => {
  it.each<[string, string]>([
    ['<p>Salle B</p><p>Apporter ses gants</p>', 'Salle B\nApporter ses gants'],
    ['Salle B<br>Apporter ses gants<br/>', 'Salle B\nApporter ses gants'],
    ['<ul><li>Un</li><li>Deux</li></ul>', '- Un\n- Deux'],
    ['Voir <a href="https://example.test/?a=1&amp;b=2">la page</a>', 'Voir la page'],
    ['<html-blob><b>Gras</b> et <i>penché</i></html-blob>', 'Gras et penché'],
    ['R&amp;D &lt;équipe&gt; &quot;A&quot; l&#39;été&nbsp;!', 'R&D <équipe> "A" l\'été !'],
    ['&#x1F393; &#233;t&#xe9;', '🎓 été'],
    ['&#0; &#xd800; &#x110000; &inconnu; &amp;', '&#0; &#xd800; &#x110000; &inconnu; &'],
    ['<p>A</p>\n\n\n\n<p>B</p>', 'A\n\nB'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  ])('of HTML %j is read as %j', (html, text) => {
    expect(toPlainText(html)).toBe(text);
  });

  it.each([
    'Salle B\n\n\n\nApporter ses gants  ',
    'A < B && B > C',
    '<ines@example.test>',
    'if (a<b) { x => y }',
    'a<b and c>d',
    'AT&T; R&D',
    '',
  ])('of plain text stays as it is: %j', (text) => {
    expect(toPlainText(text)).toBe(text);
  });

  it('of whatever sort is read in no time', () => {
    for (const part of ['<', '<p', '<br ', ' ', '&', '&#', '<p>', ' \n', '</', ' a=b', '<b a=', '<a href="']) {
      const startedAt = performance.now();
      toPlainText(`<b>${part.repeat(8_192)}`);
      expect(performance.now() - startedAt).toBeLessThan(500);
    }
  });
});
