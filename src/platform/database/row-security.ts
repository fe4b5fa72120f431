import type { QueryRunner } from 'typeorm';

/** What work that serves all organizations may do with rows; `lock` is `SELECT … FOR UPDATE` and no update after it. */
export type AcrossRight = 'select' | 'insert' | 'update' | 'delete' | 'lock';

export interface TenantTable {
  /** The column that says whose a row is; `organization_id` unless said otherwise. */
  readonly owner?: string;
  /** Rights of `UnitOfWork.acrossOrganizations`; none unless said otherwise. */
  readonly across?: readonly AcrossRight[];
  /** Only these rows, a condition in SQL. */
  readonly acrossRows?: string;
  /** Who needs that. */
  readonly why?: string;
}

/**
 * Every table that holds rows of organizations. PostgreSQL shows a transaction the rows of its own organization and
 * takes no others from it, whatever a query forgets to say; who works across organizations gets what stands here and no
 * more: no person who books, no note, no booking, no event, no line of an audit trail is ever read that way.
 *
 * A test compares this list with the schema. A migration that creates a table, or one that changes what stands here,
 * calls `secureTables` for it.
 */
export const TENANT_TABLES: Readonly<Record<string, TenantTable>> = {
  organizations: { owner: 'id', across: ['select'], why: 'tokens of a host application, commands that go through all' },
  users: { across: ['select'], why: 'sign-in by address' },
  sessions: { across: ['select', 'delete'], why: 'housekeeping' },
  refresh_tokens: { across: ['select'], why: 'whose a token is' },
  audit_events: {},
  audit_heads: { across: ['select'], why: 'the newest seal of each chain goes to the log' },
  organization_keys: { across: ['select', 'update', 'delete'], why: 'work on keys' },
  oauth_transactions: { across: ['select', 'delete'], why: 'whose a state is, housekeeping, work on keys' },
  integrations: { across: ['select', 'update'], why: 'claims of what is due, shared accounts, doctor, work on keys' },
  token_refresh_attempts: { across: ['select', 'delete'], why: 'housekeeping' },
  cursors: { across: ['select'], why: 'work on keys' },
  channels: { across: ['select', 'update'], why: 'whose a webhook or a push is, work on keys' },
  prospects: {},
  prospect_tombstones: {},
  prospect_notes: {},
  notifications: { across: ['select'], acrossRows: `kind = 'dead_letters'`, why: 'who has been told of dead letters' },
  notification_reads: {},
  notification_preferences: {},
  mail_settings: { across: ['select'], why: 'digests that are due' },
  mails: { across: ['select', 'update', 'delete'], why: 'mails without a job, housekeeping, work on keys' },
  bookings: {},
  read_marks: {},
  sync_runs: { across: ['select', 'lock', 'delete'], why: 'retention' },
  deliveries: {
    across: ['select', 'insert', 'update', 'delete'],
    why: 'the inbox stores deliveries of several organizations with one statement; retention, work on keys',
  },
  replay_runs: { across: ['select', 'lock', 'delete'], why: 'retention' },
  outbox: { across: ['select', 'lock', 'delete'], why: 'promises without a job, retention, work on keys' },
  dead_letters: {
    across: ['select', 'insert', 'update', 'delete'],
    why: 'work that serves all organizations is given up too; news of dead letters, retention',
  },
  formations: {},
  formation_participants: {},
  formation_sessions: {},
  formation_exports: {},
  calendar_events: {},
  calendar_readings: { across: ['select', 'insert', 'update'], why: 'pushes of several calendars at once' },
  copies: { across: ['select', 'update'], why: 'claims of what is due' },
  copy_conflicts: {},
  webhook_endpoints: { across: ['select'], why: 'work on keys' },
  webhook_messages: { across: ['select', 'lock', 'delete'], why: 'messages without a job, retention, work on keys' },
  webhook_attempts: {},
  cal_com_managed_users: {},
  cal_com_returns: { across: ['select', 'update'], why: 'whose a state is' },
  cal_com_handed_tokens: { across: ['select'], why: 'whose a token is' },
  erased_people: {},
};

/** Tables whose rows belong to no organization, and why that is right. */
export const SHARED_TABLES: Readonly<Record<string, string>> = {
  migrations: 'names of migrations',
  rate_limits: 'counters by digest and by network, from before it is known who is asking',
  key_checks: 'one line for each encryption key of the installation',
  key_holders: 'which instance holds which encryption keys',
  key_rotations: 'renewals of encryption keys, for all organizations at once',
  worker_heartbeats: 'which worker lives',
  socket_io_attachments: 'messages between instances that are too long for NOTIFY, which knows no organizations either',
};

/** Settings of a transaction. `UnitOfWork` sets both at the beginning of each. */
export const ORGANIZATION_SETTING = 'app.organization_id';
export const ACROSS_SETTING = 'app.across_organizations';

// As sub-selects they are worked out once for a statement, not once for a row.
const OWN_ORGANIZATION = `(SELECT nullif(current_setting('${ORGANIZATION_SETTING}', true), '')::uuid)`;
const IS_ACROSS = `(SELECT current_setting('${ACROSS_SETTING}', true)) = 'on'`;

const OWN_POLICY = 'own_organization';
const ACROSS_POLICIES: Readonly<Record<AcrossRight, (condition: string) => string>> = {
  select: (condition) => `FOR SELECT USING (${condition})`,
  insert: (condition) => `FOR INSERT WITH CHECK (${condition})`,
  update: (condition) => `FOR UPDATE USING (${condition})`,
  delete: (condition) => `FOR DELETE USING (${condition})`,
  lock: (condition) => `FOR UPDATE USING (${condition}) WITH CHECK (false)`,
};

/**
 * Puts row-level security on tables as they are declared above, in place of what stands there. FORCE makes it hold for
 * the owner of the tables too, who may be the application itself.
 */
export async function secureTables(runner: QueryRunner, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    await dropPolicies(runner, table);
    await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    for (const statement of policiesOf(table)) await runner.query(statement);
  }
}

export async function unsecureTables(runner: QueryRunner, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    await dropPolicies(runner, table);
    await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
  }
}

function policiesOf(table: string): string[] {
  const declared = TENANT_TABLES[table];
  if (declared === undefined) throw new Error(`${table} is not declared in row-security.ts`);
  const { owner = 'organization_id', across = [], acrossRows } = declared;
  const condition = acrossRows === undefined ? IS_ACROSS : `${IS_ACROSS} AND ${acrossRows}`;
  return [
    `CREATE POLICY ${OWN_POLICY} ON ${table} USING (${owner} = ${OWN_ORGANIZATION})`,
    ...across.map((right) => `CREATE POLICY across_${right} ON ${table} ${ACROSS_POLICIES[right](condition)}`),
  ];
}

async function dropPolicies(runner: QueryRunner, table: string): Promise<void> {
  const policies = (await runner.query('SELECT polname FROM pg_policy WHERE polrelid = $1::regclass', [table])) as {
    polname: string;
  }[];
  for (const { polname } of policies) await runner.query(`DROP POLICY ${polname} ON ${table}`);
}
