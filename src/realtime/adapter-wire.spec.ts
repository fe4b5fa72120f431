import { describe, expect, it } from '@jest/globals';
import { decode } from '@msgpack/msgpack';
import { toWireMessage } from './adapter-wire.js';

describe('a message between instances', () => {
  it('is sent within the notification while it is shorter than 8,000 bytes, and beside it from there on', () => {
    const overhead = Buffer.byteLength((toWireMessage('org:1', 'x', '') as { inline: string }).inline);

    expect(toWireMessage('org:1', 'x', 'y'.repeat(7_999 - overhead))).toHaveProperty('inline');
    expect(toWireMessage('org:1', 'x', 'y'.repeat(8_000 - overhead))).toHaveProperty('attachment');
    expect(toWireMessage('org:1', 'x', 'é'.repeat(4_000))).toHaveProperty('attachment');
  });

  it('says the same either way', () => {
    const payload = { at: new Date(0), missing: undefined, text: '\0🦊', none: null };
    const short = toWireMessage('org:1', 'x', payload) as { inline: string };
    const long = toWireMessage('org:1', 'x', { ...payload, filler: 'z'.repeat(8_000) }) as { attachment: Buffer };

    const said = JSON.parse(short.inline);
    said.data.packet.data[1].filler = 'z'.repeat(8_000);
    expect(decode(long.attachment)).toEqual(said);
  });
});
