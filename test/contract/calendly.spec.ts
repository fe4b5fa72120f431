import { describeBookingProvider } from './booking-provider.suite.js';
import { startCalendly } from './support/calendly-bench.js';
import { calendlyOddities } from './support/calendly-oddities.js';

describeBookingProvider('calendly', startCalendly, calendlyOddities);
