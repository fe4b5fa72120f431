// A worker in a process of its own, to be killed by a test: `mail-worker.process.ts <database url>`; the mail server
// stands in the environment.
import { startMailApplication } from './mail-application.js';

const [url = ''] = process.argv.slice(2);
const { SMTP_URL = '', MAIL_FROM = '' } = process.env;
await startMailApplication({
  url,
  role: 'worker',
  // Some of the faults that the test makes are servers that hang.
  environment: { SMTP_URL, MAIL_FROM, MAIL_TIMEOUT_SECONDS: '1' },
  write: (line) => process.stdout.write(line),
});
process.stdout.write('{"event":"mail_worker.ready"}\n');
