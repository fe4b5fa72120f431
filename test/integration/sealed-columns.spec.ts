import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SEALED_COLUMNS } from '../../src/platform/crypto/sealed-columns.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

describe('the list of sealed columns', () => {
  it('is of columns that there are, each row named by its key, bound to what can be read of it', async () => {
    for (const { table, column, key, rowId, context = `''` } of SEALED_COLUMNS) {
      const looked = database.query(`SELECT ${column}, ${rowId}, ${context} FROM ${table} WHERE false`);
      await expect(looked).resolves.toEqual([]);
      const [{ primary } = {}] = await database.query<{ primary: string[] }>(
        `SELECT array_agg(a.attname::text ORDER BY array_position(i.indkey::int2[], a.attnum)) AS primary
         FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[])
         WHERE i.indrelid = $1::regclass AND i.indisprimary`,
        [table],
      );
      expect({ table, key }).toEqual({ table, key: primary });
      expect(key).toContain(rowId);
    }
  });

  it('has the version of a token in its seal, and the resource of a cursor', () => {
    const contextOf = (table: string) =>
      SEALED_COLUMNS.filter((one) => one.table === table).map(({ column, context }) => [column, context]);
    expect(contextOf('integrations')).toEqual([
      ['access_token', `'v' || token_version`],
      ['refresh_token', `'v' || token_version`],
    ]);
    expect(contextOf('cursors')).toEqual([['value', 'resource']]);
  });

  it('says of a value that has moved as which other column of its table it was sealed', () => {
    for (const { table, column, sealedAs } of SEALED_COLUMNS) {
      if (sealedAs === undefined) continue;
      const others = SEALED_COLUMNS.filter((one) => one.table === table && one.column !== column);
      expect(others.map((one) => one.column)).toContain(sealedAs);
    }
  });
});
