export { outlookConfig } from './outlook.config.js';
export { OutlookModule } from './outlook.module.js';
