import { describe, expect, it } from '@jest/globals';
import type { FieldCipher } from '../platform/crypto/field-cipher.js';
import type { UnitOfWork } from '../platform/database/unit-of-work.js';
import { ChannelDirectory } from './channel-directory.js';
import type { Channels } from './channels.js';

/** A database in which nobody has found anything yet; each look is answered by hand. */
function directory() {
  const looks: { find: (rows: object[]) => void; fail: (error: Error) => void }[] = [];
  const work = {
    acrossOrganizations: () => new Promise((find, fail) => looks.push({ find, fail })),
    inOrganization: (_scope: unknown, task: (tx: unknown) => unknown) => task({}),
  };
  const channels = { openSecret: () => Promise.resolve('secret') };
  const cipher = { forOrganization: () => Promise.resolve({}) };
  const known = new ChannelDirectory(
    work as unknown as UnitOfWork,
    channels as unknown as Channels,
    cipher as unknown as FieldCipher,
  );
  return { known, looks };
}

const ROW = { id: 'c1', integration_id: 'i1', organization_id: 'o1', provider: 'calendly', account_id: 'a1' };

describe('the channel of a token', () => {
  it('is looked for once by all who ask at once, and not again while it is known', async () => {
    const { known, looks } = directory();
    const asked = Array.from({ length: 32 }, () => known.findByToken('token'));
    looks[0]!.find([ROW]);
    for (const channel of await Promise.all(asked)) expect(channel).toMatchObject({ channelId: 'c1', accountId: 'a1' });
    await known.findByToken('token');
    expect(looks).toHaveLength(1);
  });

  it('is another for another token', async () => {
    const { known, looks } = directory();
    const asked = [known.findByToken('one'), known.findByToken('other')];
    looks[0]!.find([ROW]);
    looks[1]!.find([{ ...ROW, id: 'c2' }]);
    expect(await Promise.all(asked)).toMatchObject([{ channelId: 'c1' }, { channelId: 'c2' }]);
  });

  it('is looked for again after nothing was found: it may be about to be opened', async () => {
    const { known, looks } = directory();
    const first = known.findByToken('token');
    looks[0]!.find([]);
    expect(await first).toBeNull();
    const second = known.findByToken('token');
    looks[1]!.find([ROW]);
    expect(await second).toMatchObject({ channelId: 'c1' });
  });

  it('is looked for again after a look that failed, which all who waited are told', async () => {
    const { known, looks } = directory();
    const asked = [known.findByToken('token'), known.findByToken('token')];
    looks[0]!.fail(new Error('away'));
    for (const each of asked) await expect(each).rejects.toThrow('away');
    const again = known.findByToken('token');
    looks[1]!.find([ROW]);
    expect(await again).toMatchObject({ channelId: 'c1' });
  });
});
