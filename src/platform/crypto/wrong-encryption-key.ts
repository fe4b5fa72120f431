/**
 * The configured keys are not the ones the data was encrypted with. Said before anything is written, so that putting
 * the right key back is all it takes. Names key ids, never a key.
 */
export class WrongEncryptionKey extends Error {
  constructor(
    readonly missingKeyIds: readonly string[],
    readonly configuredKeyIds: readonly string[],
  ) {
    super(
      `The data in this database was encrypted with key ${missingKeyIds.join(', ')}, and the configuration holds ` +
        `${configuredKeyIds.join(', ')}. Put the missing key back as ENCRYPTION_KEY, or list it in ENCRYPTION_KEYS_PREVIOUS.`,
    );
    this.name = 'WrongEncryptionKey';
  }
}
