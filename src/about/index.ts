export { AboutConfig, aboutConfig } from './about.config.js';
export { AboutModule } from './about.module.js';
