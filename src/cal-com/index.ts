export { calComConfig } from './cal-com.config.js';
export { CalComModule } from './cal-com.module.js';
