import { CreateAccounts1795000000000 } from './1795000000000-CreateAccounts.js';
import { CreateIntegrations1795000001000 } from './1795000001000-CreateIntegrations.js';
import { CreateProspectsAndNotifications1795000002000 } from './1795000002000-CreateProspectsAndNotifications.js';
import { CreateBookingsAndSync1795000003000 } from './1795000003000-CreateBookingsAndSync.js';
import { CreateDeliveriesAndOutbox1795000004000 } from './1795000004000-CreateDeliveriesAndOutbox.js';

/** In the order they run. Named one by one, so that a stray file in a folder is never a migration. */
export const migrations = [
  CreateAccounts1795000000000,
  CreateIntegrations1795000001000,
  CreateProspectsAndNotifications1795000002000,
  CreateBookingsAndSync1795000003000,
  CreateDeliveriesAndOutbox1795000004000,
];
