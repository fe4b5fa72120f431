import { parseArgs } from 'node:util';

/** What somebody asked for on the command line. */
export interface KeyArguments {
  readonly command: string;
  /** The id of the key that the command is about; never a key. */
  readonly keyId: string | undefined;
  readonly keyFile: string | undefined;
  readonly keyStdin: boolean;
  readonly batch: number;
  readonly perSecond: number;
  readonly newDataKeys: boolean;
  readonly waitSeconds: number;
  readonly settleSeconds: number | undefined;
  readonly confirm: string | undefined;
}

export class BadKeyArguments extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadKeyArguments';
  }
}

/** Commands, and whether they are about one key. */
const COMMANDS: Readonly<Record<string, boolean>> = {
  status: false,
  introduce: false,
  promote: true,
  rotate: false,
  verify: false,
  retire: true,
  'accept-loss': true,
};

export const KEY_USAGE = `Usage: npm run keys -- <command>
  status                       which keys there are, which one writes, who holds them
  introduce                    makes configured keys known, and one given by --key-file or --key-stdin
  promote <key id>             from now on this key writes
  rotate [--new-data-keys] [--batch 500] [--rate 5000]
                               wraps all data keys with it; with new data keys, seals every value anew as well
  verify                       opens everything that is sealed, and says what does not open
  retire <key id>              ends a key that nothing is wrapped with any more
  accept-loss <key id> [--confirm <key id>]
                               gives up what only a lost key could open; without --confirm it only says what that is
Keys are read from the configuration, from --key-file <path> or from --key-stdin, never from the command line.
`;

/** A key has 64 digits, an id has 8: whoever mixes them up has shown the key to everybody on this machine. */
const LOOKS_LIKE_A_KEY = /[0-9a-f]{32,}/i;

export function readKeyArguments(given: readonly string[]): KeyArguments {
  if (given.some((argument) => LOOKS_LIKE_A_KEY.test(argument))) {
    throw new BadKeyArguments(
      'This looks like a key. Command lines are seen by everybody on this machine and kept in histories: ' +
        'take that key for known, make another one, and give it by file or standard input.',
    );
  }
  const { values, positionals } = parse(given);
  const [command = '', keyId, ...rest] = positionals;
  const needsKey = COMMANDS[command];
  if (needsKey === undefined) throw new BadKeyArguments(command === '' ? 'A command is missing.' : 'Unknown command.');
  if (rest.length > 0 || (keyId !== undefined) !== needsKey) {
    throw new BadKeyArguments(needsKey ? `${command} needs the id of one key.` : `${command} takes no further word.`);
  }
  if (keyId !== undefined && !/^[0-9a-f]{8}$/.test(keyId)) {
    throw new BadKeyArguments('The id of a key has eight hexadecimal digits.');
  }
  return {
    command,
    keyId,
    keyFile: values['key-file'],
    keyStdin: values['key-stdin'] ?? false,
    batch: wholeNumber('batch', values.batch, 1, 10_000) ?? 500,
    perSecond: wholeNumber('rate', values.rate, 1, 1_000_000) ?? 5_000,
    newDataKeys: values['new-data-keys'] ?? false,
    waitSeconds: wholeNumber('wait', values.wait, 0, 3_600) ?? 30,
    settleSeconds: wholeNumber('settle', values.settle, 0, 86_400),
    confirm: values.confirm,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'key-file': { type: 'string' },
        'key-stdin': { type: 'boolean' },
        batch: { type: 'string' },
        rate: { type: 'string' },
        'new-data-keys': { type: 'boolean' },
        wait: { type: 'string' },
        settle: { type: 'string' },
        confirm: { type: 'string' },
      },
    });
  } catch (error) {
    throw new BadKeyArguments(error instanceof Error ? error.message : 'The arguments cannot be read.');
  }
}

function wholeNumber(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > most) {
    throw new BadKeyArguments(`--${name} must be a whole number from ${least} to ${most}.`);
  }
  return number;
}
