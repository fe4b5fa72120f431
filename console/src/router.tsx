import { createRouter, type RouterHistory } from '@tanstack/react-router';
import { parseSearch, stringifySearch } from './api/search';
import { accountRoute } from './screens/account/account.route';
import { activityRoute } from './screens/activity/activity.route';
import { agendaRoute } from './screens/agenda/agenda.route';
import { connectionRoute, connectionsRoute } from './screens/connections/connections.route';
import { loginRoute, registerRoute } from './screens/entrance/entrance.route';
import { formationsRoute } from './screens/formations/formations.route';
import { homeRoute } from './screens/home/home.route';
import { mailsRoute } from './screens/mails/mails.route';
import { notificationsRoute } from './screens/notifications/notifications.route';
import { prospectsRoute } from './screens/prospects/prospects.route';
import { returnRoute } from './screens/return/return.route';
import { sandboxRoute } from './screens/sandbox/sandbox.route';
import { syncRunsRoute } from './screens/sync-runs/sync-runs.route';
import { systemRoute } from './screens/system/system.route';
import { webhooksRoute } from './screens/webhooks/webhooks.route';
import { rootRoute } from './shell/root.route';
import { shellRoute } from './shell/shell.route';

/** The table of contents. */
const routeTree = rootRoute.addChildren([
  loginRoute,
  registerRoute,
  shellRoute.addChildren([
    homeRoute,
    connectionsRoute,
    connectionRoute,
    returnRoute,
    activityRoute,
    prospectsRoute,
    agendaRoute,
    formationsRoute,
    notificationsRoute,
    webhooksRoute,
    syncRunsRoute,
    mailsRoute,
    sandboxRoute,
    systemRoute,
    accountRoute,
  ]),
]);

export function createConsoleRouter(history?: RouterHistory) {
  return createRouter({
    routeTree,
    history,
    basepath: import.meta.env.BASE_URL,
    defaultPreload: 'intent',
    scrollRestoration: true,
    // What a route has not understood does not exist: neither for its requests nor for where it leads.
    search: { strict: true },
    parseSearch,
    stringifySearch,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
