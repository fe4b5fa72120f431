/** Settings are read by many and end up in answers and dumps; secrets have their encrypted columns. */
const SECRET_NAME = /token|secret|passw|credential|authorization|verifier|private_?key|api_?key|signing_?key/i;

/** How a token is presented, such as `Bearer`: a word about tokens, and none itself. */
const HARMLESS_NAMES = new Set(['oauth_token_type']);

/** Throws when a name anywhere in the patch is that of a secret. */
export function assertNoSecrets(patch: unknown, path = 'settings'): void {
  if (patch === null || typeof patch !== 'object') return;
  for (const [name, value] of Object.entries(patch)) {
    if (SECRET_NAME.test(name) && !HARMLESS_NAMES.has(name))
      throw new Error(`${path}.${name} looks like a secret: settings never hold one`);
    assertNoSecrets(value, `${path}.${name}`);
  }
}
