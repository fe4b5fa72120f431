import { type ClientBase, escapeIdentifier } from 'pg';

/** Which of the tables the application may do less with than read and write. */
const LESS: Readonly<Record<string, string>> = {
  // A line that is written stays as it is.
  audit_events: 'UPDATE, DELETE',
  migrations: 'INSERT, UPDATE, DELETE',
};

/**
 * What the application's role may do, where it is not the role that owns the tables: work with rows, and change no
 * table, no policy and no function. Said anew after each migration, for what that has brought; saying it twice is the
 * same as once.
 */
export async function grantApplicationAccess(client: ClientBase, role: string, queueSchema: string): Promise<void> {
  const to = escapeIdentifier(role);
  await client.query('BEGIN');
  try {
    await client.query(`
      GRANT USAGE ON SCHEMA public, ${queueSchema} TO ${to};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, ${queueSchema} TO ${to};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public, ${queueSchema} TO ${to};
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${queueSchema} TO ${to};
    `);
    for (const [table, rights] of Object.entries(LESS)) {
      await client.query(`REVOKE ${rights} ON ${table} FROM ${to}`);
    }
    await openQueue(client, to, queueSchema);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** The queue guards its tables against everybody but their owner. Jobs carry ids, and workers serve all organizations. */
async function openQueue(client: ClientBase, to: string, queueSchema: string): Promise<void> {
  const { rows } = await client.query<{ place: string; has_policy: boolean }>(
    `SELECT c.oid::regclass::text AS place,
       EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND polname = 'application') AS has_policy
     FROM pg_class c WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'r' AND c.relrowsecurity`,
    [queueSchema],
  );
  for (const { place, has_policy } of rows) {
    await client.query(
      has_policy
        ? `ALTER POLICY application ON ${place} TO ${to}`
        : `CREATE POLICY application ON ${place} TO ${to} USING (true)`,
    );
  }
}
