// One of several processes that all want every connection's token at once:
// `refresh-race-driver.ts <database url> <double url> <authorization> <callers per connection> <start at, epoch ms>`.
import { setTimeout as sleep } from 'node:timers/promises';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { askMe, ORGANIZATION, registerDouble, startIntegrationsApplication } from './integrations-application.js';

const [url = '', doubleUrl = '', authorization = '', callers = '1', startAt = '0'] = process.argv.slice(2);
const application = await startIntegrationsApplication({ url });
const provider = registerDouble(application, doubleUrl, 'double', {}, authorization);
const ids = await application
  .get(UnitOfWork)
  .inOrganization({ organizationId: ORGANIZATION }, (tx) =>
    tx.query<{ id: string }>('SELECT id FROM integrations WHERE organization_id = $1 ORDER BY id', [tx.organizationId]),
  );
process.stdout.write('ready\n');
await sleep(Math.max(0, Number(startAt) - Date.now()));

const outcomes = await Promise.allSettled(
  ids.flatMap(({ id }) => Array.from({ length: Number(callers) }, () => askMe(application, provider, id))),
);
const served = outcomes.filter(({ status }) => status === 'fulfilled').length;
const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []));
process.stdout.write(`result ${JSON.stringify({ served, failed: failures.length, first: failures[0] })}\n`);
await application.close();
