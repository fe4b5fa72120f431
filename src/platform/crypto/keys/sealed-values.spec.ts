import { describe, expect, it } from '@jest/globals';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import { SEALED_COLUMNS } from '../sealed-columns.js';
import { listSealedValues } from './sealed-values.js';

const COLUMN = SEALED_COLUMNS.find(({ table }) => table === 'mails')!;

const pageOf = (...ids: string[]) =>
  ids.map((id) => ({ organization_id: 'o', key: [id], row_id: id, context: null, sealed: id }));

interface Asked {
  readonly answer: (rows: object[]) => void;
  readonly refuse: (error: Error) => void;
}

/** A database that is asked for pages, and answers each when it is told to. */
function pagesOnDemand() {
  const asked: Asked[] = [];
  const tx = { query: () => new Promise((answer, refuse) => asked.push({ answer, refuse })) };
  const work = { acrossOrganizations: (task: (given: typeof tx) => unknown) => task(tx) } as unknown as UnitOfWork;
  return { asked, work };
}

describe('a list of sealed values', () => {
  it('reads the next batch while the one before is in use', async () => {
    const { asked, work } = pagesOnDemand();
    const batches = listSealedValues(work, COLUMN, 2);
    const first = batches.next();
    asked[0]!.answer(pageOf('a', 'b'));
    expect((await first).value).toMatchObject([{ sealed: 'a' }, { sealed: 'b' }]);
    expect(asked).toHaveLength(2);

    asked[1]!.answer(pageOf('c'));
    expect((await batches.next()).value).toMatchObject([{ sealed: 'c' }]);
    expect(await batches.next()).toMatchObject({ done: true });
    expect(asked).toHaveLength(2);
  });

  it('tells of a batch that could not be read when it is asked for', async () => {
    const { asked, work } = pagesOnDemand();
    const batches = listSealedValues(work, COLUMN, 1);
    const first = batches.next();
    asked[0]!.answer(pageOf('a'));
    await first;
    asked[1]!.refuse(new Error('away'));
    // Nobody has asked yet: a refusal that nobody hears would end the process.
    await new Promise(setImmediate);
    await expect(batches.next()).rejects.toThrow('away');
  });

  it('has nothing on its way any more when its reader has left', async () => {
    const { asked, work } = pagesOnDemand();
    const batches = listSealedValues(work, COLUMN, 1);
    const first = batches.next();
    asked[0]!.answer(pageOf('a'));
    await first;
    let hasLeft = false;
    const leaving = batches.return(undefined).then(() => (hasLeft = true));
    await new Promise(setImmediate);
    expect(hasLeft).toBe(false);
    asked[1]!.answer([]);
    await leaving;
  });
});
