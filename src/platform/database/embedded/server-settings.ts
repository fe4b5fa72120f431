export interface ServerSettings {
  readonly port: number;
  /** Survives a crash of its processes, not of the machine: for clusters that are thrown away, as in tests. */
  readonly isDisposable: boolean;
}

export const SETTINGS_FILE = 'passerelle.conf';

/**
 * Read after PostgreSQL's own file and before what an administrator set with ALTER SYSTEM, which therefore wins.
 * `fsync` and its kin are left on: an acknowledged delivery must survive a power cut.
 */
export function renderServerSettings({ port, isDisposable }: ServerSettings): string {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    // Passwords are asked for on a socket too, but a socket's path is short, and a deep DATA_DIR would not fit.
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The log is a file that people send to each other: no statements, and no DETAIL, which quotes a row's values.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    jit: 'off',
    ...(isDisposable ? { fsync: 'off', full_page_writes: 'off', max_connections: 200 } : {}),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  return `# Written at every start; use ALTER SYSTEM for settings of your own.\n${lines.join('\n')}\n`;
}
