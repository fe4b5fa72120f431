import { describeCalendarProvider } from './calendar-provider.suite.js';
import { startOutlook } from './support/outlook-bench.js';
import { outlookOddities } from './support/outlook-oddities.js';

describeCalendarProvider('outlook', startOutlook, outlookOddities);
