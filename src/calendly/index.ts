export { calendlyConfig } from './calendly.config.js';
export { CalendlyModule } from './calendly.module.js';
