import { describeCalendarProvider } from './calendar-provider.suite.js';
import { startGoogle } from './support/google-bench.js';
import { googleOddities } from './support/google-oddities.js';

describeCalendarProvider('google-calendar', startGoogle, googleOddities);
