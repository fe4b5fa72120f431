import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/theme/theme.css', 'utf8');

const AA_TEXT = 4.5;
const AA_SHAPE = 3;

function coloursOf(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`), css.indexOf('}', css.indexOf(`${selector} {`)));
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]));
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe.each([
  ['light', ':root'],
  ['dark', ":root[data-theme='dark']"],
])('the colours of the %s theme', (_, selector) => {
  const colours = coloursOf(selector);
  const of = (name: string) => colours.get(name) ?? '';
  const ratio = (text: string, ground: string) => contrast(of(text), of(ground));

  it.each(['ink', 'muted', 'accent-ink', 'good-ink', 'warn-ink', 'bad-ink', 'info-ink', 'idle-ink'])(
    'leave %s legible on every ground',
    (text) => {
      const grounds = ['canvas', 'surface', 'sunken', 'raised'];
      expect(grounds.filter((ground) => !(ratio(text, ground) >= AA_TEXT))).toEqual([]);
    },
  );

  it.each(['accent', 'good', 'warn', 'bad', 'info', 'idle'])('leave %s legible on its own soft ground', (tone) => {
    expect(ratio(`${tone}-ink`, `${tone}-soft`)).toBeGreaterThanOrEqual(AA_TEXT);
  });

  it('leave a button’s word and a fresh row legible, and the border of a field visible', () => {
    expect(ratio('on-accent', 'accent')).toBeGreaterThanOrEqual(AA_TEXT);
    expect(ratio('on-accent', 'accent-hover')).toBeGreaterThanOrEqual(AA_TEXT);
    expect(ratio('muted', 'fresh')).toBeGreaterThanOrEqual(AA_TEXT);
    expect(ratio('ink', 'accent-soft')).toBeGreaterThanOrEqual(AA_TEXT);
    expect(ratio('muted', 'accent-soft')).toBeGreaterThanOrEqual(AA_TEXT);
    expect(ratio('line-strong', 'surface')).toBeGreaterThanOrEqual(AA_SHAPE);
    expect(ratio('accent', 'surface')).toBeGreaterThanOrEqual(AA_SHAPE);
  });
});
