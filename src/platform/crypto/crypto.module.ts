import { Global, Module } from '@nestjs/common';
import { FieldCipher } from './field-cipher.js';
import { KeyCheck } from './key-check.js';
import { KeyPresence } from './key-presence.js';
import { Keyring } from './keyring.js';
import { OrganizationKeys } from './organization-keys.js';

/** Global: nearly every room keeps a secret. Also initialised before them, so a wrong key stops the start. */
@Global()
@Module({
  providers: [Keyring, OrganizationKeys, FieldCipher, KeyCheck, KeyPresence],
  exports: [FieldCipher, KeyCheck, Keyring],
})
export class CryptoModule {}
