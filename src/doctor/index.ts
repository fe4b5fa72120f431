export { diagnosisText } from './diagnosis-text.js';
export { DoctorModule } from './doctor.module.js';
export { type Diagnosis, Doctor } from './doctor.service.js';
export { toDiagnosisDto } from './dto/diagnosis.dto.js';
export { type ExaminedConfiguration, examineConfiguration } from './examined-configuration.js';
export type { Finding } from './finding.js';
export { finding } from './finding-texts.js';
