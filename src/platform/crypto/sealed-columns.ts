/**
 * A column whose values are sealed, with all that work on keys has to know of it: how a row is named, and what its seal
 * is bound to beside the table and the organization (see `SealedPlace`).
 */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The columns that name one row. */
  readonly key: readonly string[];
  /** The one of them that the seal names as the row. */
  readonly rowId: string;
  /** SQL for what else the seal is bound to. */
  readonly context?: string;
  /** As which column the value was sealed, where it has moved since. */
  readonly sealedAs?: string;
}

const byId = { key: ['id'], rowId: 'id' } as const;

/**
 * Every sealed column there is. A column that is missing here would be left behind when keys are renewed and become
 * unreadable with the key it was sealed with; so nothing can be sealed for a place that is not declared, and a test
 * compares this list with the code that seals and with the schema.
 */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'oauth_transactions', column: 'verifier', ...byId },
  { table: 'integrations', column: 'access_token', ...byId, context: `'v' || token_version` },
  { table: 'integrations', column: 'refresh_token', ...byId, context: `'v' || token_version` },
  {
    table: 'cursors',
    column: 'value',
    key: ['integration_id', 'resource'],
    rowId: 'integration_id',
    context: 'resource',
  },
  { table: 'channels', column: 'secret', ...byId },
  { table: 'deliveries', column: 'body', ...byId },
  { table: 'deliveries', column: 'evidence', ...byId },
  { table: 'outbox', column: 'payload', ...byId },
  { table: 'mails', column: 'model', ...byId },
  { table: 'webhook_endpoints', column: 'secret', ...byId },
  { table: 'webhook_endpoints', column: 'previous_secret', ...byId, sealedAs: 'secret' },
  { table: 'webhook_messages', column: 'payload', ...byId },
];

const PLACES = new Set(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`));

export function demandDeclared({ table, column }: { readonly table: string; readonly column: string }): void {
  if (PLACES.has(`${table}.${column}`)) return;
  throw new Error(`${table}.${column} is not declared in sealed-columns.ts: its values would be lost with their key`);
}
