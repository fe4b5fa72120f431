import { WriteProspectDto } from './write-prospect.dto.js';

/** Fields that are left out stay as they are. */
export class UpdateProspectDto extends WriteProspectDto {}
