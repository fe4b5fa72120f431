export { ErasureRefused } from './membership.js';
export { NotAnAddress } from './person.js';
export { type ErasureReport, PersonErasure } from './person-erasure.js';
export { PersonExport } from './person-export.js';
export {
  BadPrivacyArguments,
  PRIVACY_USAGE,
  type PrivacyArguments,
  readPrivacyArguments,
} from './privacy-arguments.js';
export { PrivacyModule } from './privacy.module.js';
