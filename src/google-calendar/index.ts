export { googleCalendarConfig } from './google-calendar.config.js';
export { GoogleCalendarModule } from './google-calendar.module.js';
