import { describe, expect, it } from '@jest/globals';
import { Quarantine } from './quarantine.js';

/** Work that ends when the test says so, and notes its beginning and end. */
function stage() {
  const notes: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const work = (name: string) => async () => {
    notes.push(`${name}+`);
    await new Promise<void>((resolve, reject) => ends.set(name, (error) => (error ? reject(error) : resolve())));
    notes.push(`${name}-`);
  };
  const end = async (name: string, error?: Error): Promise<void> => {
    ends.get(name)?.(error);
    await settle();
  };
  return { notes, work, end };
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('quarantine', () => {
  it('lets ordinary jobs run side by side', async () => {
    const { notes, work, end } = stage();
    const quarantine = new Quarantine();
    const all = [quarantine.beside(work('a')), quarantine.beside(work('b'))];
    await settle();
    expect(notes).toEqual(['a+', 'b+']);
    await end('a');
    await end('b');
    await Promise.all(all);
  });

  it('runs a suspect after those that run, and lets nothing begin beside it', async () => {
    const { notes, work, end } = stage();
    const quarantine = new Quarantine();
    const all = [quarantine.beside(work('a')), quarantine.alone(work('s')), quarantine.beside(work('b'))];
    await settle();
    expect(notes).toEqual(['a+']);
    await end('a');
    expect(notes).toEqual(['a+', 'a-', 's+']);
    await end('s');
    expect(notes).toEqual(['a+', 'a-', 's+', 's-', 'b+']);
    await end('b');
    await Promise.all(all);
  });

  it('runs suspects one after the other, also when one fails', async () => {
    const { notes, work, end } = stage();
    const quarantine = new Quarantine();
    const first = quarantine.alone(work('s'));
    const second = quarantine.alone(work('t'));
    const ordinary = quarantine.beside(work('a'));
    await settle();
    expect(notes).toEqual(['s+']);
    const [failed] = await Promise.all([first.catch((error: unknown) => error), end('s', new Error('bad'))]);
    expect(failed).toEqual(new Error('bad'));
    expect(notes).toEqual(['s+', 't+']);
    await end('t');
    await end('a');
    await Promise.all([second, ordinary]);
    expect(notes).toEqual(['s+', 't+', 't-', 'a+', 'a-']);
  });
});
