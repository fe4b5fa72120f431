import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('what the client knows of the server', () => {
  it('is the server’s own map of messages, to the letter', () => {
    expect(read('../src/socket-messages.ts')).toBe(read('../../src/realtime/socket-messages.ts'));
  });

  it('has a type for every route of the document it was made from', () => {
    const { paths } = JSON.parse(read('../openapi.json')) as { paths: Record<string, unknown> };
    const types = read('../src/schema.d.ts');
    expect(Object.keys(paths).length).toBeGreaterThan(50);
    for (const path of Object.keys(paths)) expect(types).toContain(`'${path}': {`);
  });
});
