import { text as readStream } from 'node:stream/consumers';
import { keyDigits } from '../../config/variables.js';
import { readKeyFile } from '../../config/key-file.js';
import type { Transaction } from '../../database/transaction.js';
import { findKeyFaults } from '../key-check.js';
import { WrongEncryptionKey } from '../wrong-encryption-key.js';
import { acceptKeyLoss, type KeyLoss, readKeyLoss } from './accept-key-loss.js';
import { introduceKeys } from './introduce-key.js';
import { BadKeyArguments, type KeyArguments } from './key-arguments.js';
import { type KeyDesk, KeyWorkRefused } from './key-desk.js';
import { readKeyStatus } from './key-status.js';
import { promoteKey } from './promote-key.js';
import { retireKey } from './retire-key.js';
import { letGoOfFormerDataKeys, rotateDataKeys, SETTLE_SECONDS } from './rotate-data-keys.js';
import { rotateWrapping } from './rotate-wrapping.js';
import { verifySealed } from './verify-sealed.js';

/** Told after a step that should be found in the trail of every organization it concerns. */
export type RecordKeyWork = (tx: Transaction, action: string, kekId: string) => Promise<void>;

/** Does what was asked and answers the exit code: 0 done, 1 done and something is wrong, 2 nothing was done. */
export async function runKeyCommand(desk: KeyDesk, given: KeyArguments, record: RecordKeyWork): Promise<number> {
  const { command, keyId = '' } = given;
  const extra = await readGivenKeys(given);
  for (const key of extra) desk.keyring.add(key);
  if (command !== 'accept-loss' && command !== 'status') await demandRightKeys(desk);
  switch (command) {
    case 'status':
      return await showStatus(desk);
    case 'introduce':
      return await introduce(desk, given);
    case 'promote':
      await promoteKey(desk, keyId);
      await recordEverywhere(desk, record, 'key.promoted', keyId);
      desk.say(`Key ${keyId} writes from now on. Next: rotate.`);
      return 0;
    case 'rotate':
      return await rotate(desk, given, record);
    case 'verify':
      return await verify(desk);
    case 'retire':
      await retireKey(desk, keyId);
      await recordEverywhere(desk, record, 'key.retired', keyId);
      desk.say(`Key ${keyId} is retired. It may be taken out of the configuration, and kept for old backups only.`);
      return 0;
    default:
      return await acceptLoss(desk, given, record);
  }
}

async function demandRightKeys({ work, keyring }: KeyDesk): Promise<void> {
  const faults = await work.acrossOrganizations((tx) => findKeyFaults(tx, keyring));
  if (faults.length > 0) throw new WrongEncryptionKey(faults, keyring.ids);
}

async function readGivenKeys({ keyFile, keyStdin }: KeyArguments): Promise<string[]> {
  const fromStdin = keyStdin ? (await readStream(process.stdin)).split(/[\s,]+/).filter(Boolean) : [];
  let fromFile: string[] = [];
  if (keyFile !== undefined) {
    try {
      fromFile = readKeyFile(keyFile);
    } catch {
      throw new BadKeyArguments('--key-file names a file that cannot be read.');
    }
  }
  const keys = [...fromFile, ...fromStdin];
  if (!keys.every((key) => keyDigits().safeParse(key).success)) {
    throw new BadKeyArguments('A key must be 64 hexadecimal digits (32 bytes): openssl rand -hex 32');
  }
  if (keys.length === 0 && (keyStdin || keyFile !== undefined)) throw new BadKeyArguments('No key was given.');
  return keys;
}

async function showStatus(desk: KeyDesk): Promise<number> {
  const status = await readKeyStatus(desk);
  desk.say(`${status.instances} running instances.`);
  for (const { id, state, dataKeys, heldBy, isHeldHere } of status.keys) {
    const here = isHeldHere ? '' : ', NOT among the keys given here';
    desk.say(`${id}  ${state.padEnd(7)}  ${dataKeys} data keys, held by ${heldBy} of ${status.instances}${here}`);
  }
  for (const { kind, kekId, done, startedAt } of status.rotations) {
    desk.say(`Rotation of ${kind} keys to ${kekId} under way since ${startedAt.toISOString()}: ${done} done.`);
  }
  if (status.formerDataKeys > 0) desk.say(`${status.formerDataKeys} former data keys are kept for reading.`);
  if (status.wornOutDataKeys > 0) {
    desk.say(`${status.wornOutDataKeys} data keys have sealed very often: rotate --new-data-keys.`);
  }
  return status.keys.some(({ dataKeys, isHeldHere }) => dataKeys > 0 && !isHeldHere) ? 1 : 0;
}

async function introduce(desk: KeyDesk, { waitSeconds }: KeyArguments): Promise<number> {
  const { keys } = await readKeyStatus(desk);
  const known = new Set(keys.map(({ id }) => id));
  const fresh = desk.keyring.list().filter(({ id }) => !known.has(id));
  const reading = desk.keyring
    .list()
    .filter(({ id }) => keys.some((key) => key.id === id && key.state === 'reads' && key.dataKeys === 0));
  if (fresh.length + reading.length === 0) {
    throw new KeyWorkRefused('Every key given here is in use already. Give the new one by --key-file or --key-stdin.');
  }
  const missing = await introduceKeys(desk, [...fresh, ...reading], waitSeconds * 1_000);
  for (const { id } of [...fresh, ...reading]) {
    desk.say(
      missing.includes(id)
        ? `Key ${id} is known, but not every running instance holds it: add it to their ENCRYPTION_KEYS_PREVIOUS.`
        : `Key ${id} is known and held everywhere. Next: promote ${id}.`,
    );
  }
  return missing.length > 0 ? 1 : 0;
}

async function rotate(desk: KeyDesk, given: KeyArguments, record: RecordKeyWork): Promise<number> {
  const pace = { batch: given.batch, perSecond: given.perSecond };
  const wrapped = await rotateWrapping(desk, pace);
  desk.say(`${wrapped} data keys are wrapped anew, in all.`);
  if (given.newDataKeys) {
    const sealed = await rotateDataKeys(desk, { ...pace, settleSeconds: given.settleSeconds ?? SETTLE_SECONDS });
    desk.say(`${sealed} values are sealed anew, in all.`);
  }
  const gone = await letGoOfFormerDataKeys(desk);
  if (gone > 0) desk.say(`${gone} former data keys are deleted.`);
  const { keys, formerDataKeys } = await readKeyStatus(desk);
  if (formerDataKeys > 0) {
    desk.say(`${formerDataKeys} former data keys stay for a day after their last use; a later rotate deletes them.`);
  }
  const writer = keys.find(({ state }) => state === 'writes');
  if (writer) await recordEverywhere(desk, record, given.newDataKeys ? 'key.data_renewed' : 'key.rotated', writer.id);
  return 0;
}

async function verify(desk: KeyDesk): Promise<number> {
  const { values, unreadable, undeclared } = await verifySealed(desk);
  desk.say(`${values} sealed values, ${unreadable.length} of them do not open.`);
  for (const place of unreadable) desk.say(`  ${place}`);
  for (const place of undeclared) desk.say(`  ${place} holds sealed values and is not declared`);
  return unreadable.length + undeclared.length > 0 ? 1 : 0;
}

async function acceptLoss(desk: KeyDesk, { keyId = '', confirm }: KeyArguments, record: RecordKeyWork) {
  if (confirm === undefined) {
    sayLoss(desk, await readKeyLoss(desk, keyId));
    desk.say(`Nothing was changed. To give all this up for good: accept-loss ${keyId} --confirm ${keyId}`);
    return 2;
  }
  if (confirm !== keyId) throw new BadKeyArguments('--confirm must repeat the id of the key.');
  sayLoss(desk, await acceptKeyLoss(desk, keyId, (tx) => record(tx, 'key.loss_accepted', keyId)));
  desk.say(`Key ${keyId} is given up. Accounts must be connected again; bookings and prospects are as they were.`);
  return 0;
}

function sayLoss(desk: KeyDesk, { organizations, values }: KeyLoss): void {
  desk.say(`${organizations.length} organizations lose what they have sealed:`);
  for (const [place, count] of Object.entries(values)) desk.say(`  ${place}: ${count}`);
}

async function recordEverywhere({ work }: KeyDesk, record: RecordKeyWork, action: string, kekId: string) {
  const organizations = await work.acrossOrganizations((tx) =>
    tx.query<{ id: string }>('SELECT id FROM organizations ORDER BY id'),
  );
  for (const { id } of organizations) {
    await work.inOrganization({ organizationId: id }, (tx) => record(tx, action, kekId));
  }
}
