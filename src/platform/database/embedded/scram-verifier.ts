import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

// PostgreSQL's own default, kept in step so that a verifier made here costs a login no more than one made there.
const ITERATIONS = 4096;

/**
 * What PostgreSQL stores for a password. Sending this instead of the password keeps it out of the server's log,
 * which quotes a statement that fails. Only for passwords in ASCII: others would need SASLprep first.
 * https://www.postgresql.org/docs/18/catalog-pg-authid.html
 */
export function toScramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  const saltedPassword = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const clientKey = createHmac('sha256', saltedPassword).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', saltedPassword).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
