import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { Problem } from '../errors/problem.js';
import { drawBytes } from '../random-supply.js';
import { sealBroken } from './crypto.problems.js';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;

/**
 * Authenticated encryption of one text: `<label>.<key id>.<nonce>.<ciphertext and tag>`. The seal covers, beside the
 * text, every word of `bound`: opened with other words than it was made with, it is refused.
 */
export function sealText(label: string, keyId: string, key: KeyObject, bound: readonly string[], text: string): string {
  const nonce = drawBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(canonicalBytes([label, keyId, ...bound]));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [label, keyId, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
}

export function openText(label: string, key: KeyObject, bound: readonly string[], sealed: string): string {
  const { keyId, nonce, ciphertext, tag } = partsOf(label, sealed);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(canonicalBytes([label, keyId, ...bound]));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new Problem(sealBroken, { cause });
  }
}

/** Which key a sealed text asks for. */
export function keyIdOf(label: string, sealed: string): string {
  return partsOf(label, sealed).keyId;
}

function partsOf(label: string, sealed: string): { keyId: string; nonce: Buffer; ciphertext: Buffer; tag: Buffer } {
  const [found, keyId, nonceText, bodyText, ...rest] = sealed.split('.');
  const nonce = decoded(nonceText);
  const body = decoded(bodyText);
  const isShaped = found === label && keyId && nonce.length === NONCE_BYTES && body.length >= TAG_BYTES;
  if (!isShaped || rest.length > 0) throw new Problem(sealBroken);
  return { keyId, nonce, ciphertext: body.subarray(0, -TAG_BYTES), tag: body.subarray(-TAG_BYTES) };
}

/**
 * Node's decoder forgives: it skips foreign characters and ignores the unused bits of the last letter. One value must
 * have one spelling, or a changed letter would pass for the same seal.
 */
function decoded(text: string | undefined): Buffer {
  const bytes = Buffer.from(text ?? '', 'base64url');
  if (bytes.toString('base64url') !== text) throw new Problem(sealBroken);
  return bytes;
}

/** Each word behind its length, so that no two lists of words give the same bytes. */
function canonicalBytes(words: readonly string[]): Buffer {
  const lengths = words.map((word) => Buffer.byteLength(word));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + LENGTH_BYTES + length, 0));
  let end = 0;
  for (const [index, word] of words.entries()) {
    end = bytes.writeUInt32BE(lengths[index]!, end);
    end += bytes.write(word, end);
  }
  return bytes;
}
