import { WriteProspectDto } from './write-prospect.dto.js';

/** At least a name, an e-mail address or a phone number. */
export class CreateProspectDto extends WriteProspectDto {}
