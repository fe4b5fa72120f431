import { describe, expect, it } from '@jest/globals';
import { HashQueue } from './hash-queue.js';

/** Work that ends when it is told to. */
class Piece {
  hasBegun = false;
  end!: () => void;
  fail!: (error: Error) => void;
  private readonly done = new Promise<string>((resolve, reject) => {
    this.end = () => resolve('done');
    this.fail = reject;
  });

  readonly work = (): Promise<string> => {
    this.hasBegun = true;
    return this.done;
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('HashQueue', () => {
  it('runs two at once, the others in the order they came', async () => {
    const queue = new HashQueue(2, 10);
    const pieces = [new Piece(), new Piece(), new Piece(), new Piece()];
    const runs = pieces.map(({ work }) => queue.run(work));
    const begun = () => pieces.map(({ hasBegun }) => hasBegun);

    await turn();
    expect(begun()).toEqual([true, true, false, false]);
    pieces[1]?.end();
    await turn();
    expect(begun()).toEqual([true, true, true, false]);
    for (const { end } of pieces) end();
    expect(await Promise.all(runs)).toEqual(['done', 'done', 'done', 'done']);
  });

  it('refuses what would wait behind too many', async () => {
    const queue = new HashQueue(1, 1);
    const [first, second] = [new Piece(), new Piece()];
    const runs = [queue.run(first.work), queue.run(second.work)];

    await expect(queue.run(new Piece().work)).rejects.toMatchObject({
      definition: { code: 'account/busy' },
      retryAfterSeconds: 2,
    });
    first.end();
    second.end();
    await Promise.all(runs);
  });

  it('gives the place of failed work to the next', async () => {
    const queue = new HashQueue(1, 5);
    const [failing, next] = [new Piece(), new Piece()];
    const failed = queue.run(failing.work);
    const served = queue.run(next.work);

    failing.fail(new Error('no memory'));
    await expect(failed).rejects.toThrow('no memory');
    next.end();
    await expect(served).resolves.toBe('done');
    await expect(queue.run(async () => 'free again')).resolves.toBe('free again');
  });
});
