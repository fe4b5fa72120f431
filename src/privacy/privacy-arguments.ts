import { parseArgs } from 'node:util';

export interface PrivacyArguments {
  readonly command: 'export' | 'erase';
  /** Null: standard input. */
  readonly emailFile: string | null;
  /** Null: every organization on this server. */
  readonly organizationId: string | null;
  /** Of an export. Null: standard output. */
  readonly out: string | null;
}

export class BadPrivacyArguments extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadPrivacyArguments';
  }
}

export const PRIVACY_USAGE = `Usage: npm --silent run privacy -- export | erase [--email-file <path>] [--organization <id>] [--out <path>]
The e-mail address is read from the file, or from standard input; never from the command line.
`;

export function readPrivacyArguments(given: readonly string[]): PrivacyArguments {
  if (given.some((argument) => argument.includes('@'))) {
    throw new BadPrivacyArguments(
      'Command lines are seen by everybody on this machine and kept in histories: give the address by file or standard input.',
    );
  }
  const { values, positionals } = parse(given);
  const [command, ...rest] = positionals;
  if ((command !== 'export' && command !== 'erase') || rest.length > 0) {
    throw new BadPrivacyArguments('Either export or erase is expected.');
  }
  if (command === 'erase' && values.out !== undefined) {
    throw new BadPrivacyArguments('--out is for exports: export before you erase.');
  }
  const organizationId = values.organization ?? null;
  if (organizationId !== null && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(organizationId)) {
    throw new BadPrivacyArguments('--organization must be the id of an organization.');
  }
  return { command, emailFile: values['email-file'] ?? null, organizationId, out: values.out ?? null };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'email-file': { type: 'string' },
        organization: { type: 'string' },
        out: { type: 'string' },
      },
    });
  } catch (error) {
    throw new BadPrivacyArguments(error instanceof Error ? error.message : 'The arguments cannot be read.');
  }
}
