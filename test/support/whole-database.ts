import { loadConfig } from '../../src/platform/config/load-config.js';
import { PlatformConfig, platformConfig } from '../../src/platform/config/platform.config.js';
import { Keyring } from '../../src/platform/crypto/keyring.js';
import { commandCipher, listSealedValues } from '../../src/platform/crypto/keys/sealed-values.js';
import { SEALED_COLUMNS } from '../../src/platform/crypto/sealed-columns.js';
import { withCommandWork } from '../../src/platform/database/command-work.js';
import type { TestDatabase } from './test-database.js';

/**
 * Every place in the whole database where one of the words stands: in every column that can hold words or bytes, of
 * every schema, as text, as base64 and behind every seal. Written apart from the code it judges.
 */
export async function findWords(
  database: TestDatabase,
  encryptionKey: string,
  words: readonly string[],
): Promise<string[]> {
  const columns = await database.query<{ place: string; schema: string; table: string; column: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS place, table_schema AS schema, table_name AS "table",
       column_name AS "column"
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema IN ('public', 'graphile_worker') AND table_type = 'BASE TABLE'
       AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY')`,
  );
  const found: string[] = [];
  for (const { place, column } of columns) {
    for (const word of words) {
      const [hit] = await database.query(
        `SELECT count(*)::int AS rows FROM ${place}
         WHERE strpos(lower("${column}"::text), lower($1)) > 0
            OR strpos("${column}"::text, encode(convert_to($1, 'UTF8'), 'hex')) > 0`,
        [word],
      );
      if (hit!['rows'] > 0) found.push(`${place}.${column}: ${word}`);
    }
  }
  return [...found, ...(await findSealedWords(database, encryptionKey, words))];
}

async function findSealedWords(database: TestDatabase, key: string, words: readonly string[]): Promise<string[]> {
  const config = loadConfig([platformConfig], { NODE_ENV: 'test', ENCRYPTION_KEY: key }).get(PlatformConfig);
  const cipher = commandCipher(new Keyring(config as PlatformConfig));
  const found: string[] = [];
  await withCommandWork(database.url, 'passerelle test', async (work) => {
    for (const column of SEALED_COLUMNS) {
      for await (const values of listSealedValues(work, column, 100)) {
        for (const { organizationId, place, sealed } of values) {
          const text = await work.inOrganization({ organizationId }, (tx) => cipher.open(tx, place, sealed));
          const both = `${text}\n${Buffer.from(text, 'base64').toString('utf8')}`.toLowerCase();
          const hits = words.filter((word) => both.includes(word.toLowerCase()));
          found.push(...hits.map((word) => `${column.table}.${column.column}: ${word} (sealed)`));
        }
      }
    }
  });
  return found;
}
