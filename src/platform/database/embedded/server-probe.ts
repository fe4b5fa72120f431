import { realpath } from 'node:fs/promises';
import { Client, type ClientConfig, DatabaseError } from 'pg';

export interface ServerLogin {
  readonly port: number;
  readonly password: string;
}

/**
 * What stands behind a port. `refusing` is a PostgreSQL that does not know our password, `starting` one that asks for
 * patience, `crowded` one whose connections are all taken, `silent` covers everything that does not answer as PostgreSQL would, or in time.
 */
export type ProbeAnswer =
  | { readonly kind: 'answers'; readonly dataFolder: string }
  | { readonly kind: 'starting' | 'crowded' | 'refusing' | 'silent' };

export const SUPERUSER = 'postgres';

// A server whose program files were removed accepts a connection and then says nothing more.
const PROBE_TIMEOUT_MS = 2000;

const CANNOT_CONNECT_NOW = '57P03';
const STOPPED_WHILE_ASKED = new Set(['57P01', '57P02']);
const TOO_MANY_CONNECTIONS = '53300';
const BAD_LOGIN = new Set(['28P01', '28000']);

export function superuserConnection({ port, password }: ServerLogin): ClientConfig {
  return {
    host: '127.0.0.1',
    port,
    password,
    user: SUPERUSER,
    database: 'postgres',
    application_name: 'passerelle supervisor',
    connectionTimeoutMillis: PROBE_TIMEOUT_MS,
    query_timeout: PROBE_TIMEOUT_MS,
  };
}

export async function probeServer(login: ServerLogin): Promise<ProbeAnswer> {
  const client = new Client(superuserConnection(login));
  // Without a listener, a server that dies between our two lines would take the process with it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return { kind: 'answers', dataFolder: await realpath(rows[0]?.data_directory ?? '') };
  } catch (error) {
    return { kind: judge(error) };
  } finally {
    // Not awaited: a silent server would not acknowledge the end either.
    client.end().catch(() => undefined);
  }
}

function judge(error: unknown): 'starting' | 'crowded' | 'refusing' | 'silent' {
  if (!(error instanceof DatabaseError) || error.code === undefined) return 'silent';
  if (error.code === CANNOT_CONNECT_NOW || STOPPED_WHILE_ASKED.has(error.code)) return 'starting';
  if (error.code === TOO_MANY_CONNECTIONS) return 'crowded';
  return BAD_LOGIN.has(error.code) ? 'refusing' : 'silent';
}
