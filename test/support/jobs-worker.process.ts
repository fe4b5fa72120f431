// A worker in a process of its own, to be killed or paused by a test: `jobs-worker.process.ts <database url>`.
import { ProbeJob } from './probe.job.js';
import { startJobsApplication } from './jobs-application.js';

const [url = ''] = process.argv.slice(2);
const application = await startJobsApplication({
  url,
  providers: [ProbeJob],
  write: (line) => process.stdout.write(line),
});
application.enableShutdownHooks(['SIGTERM']);
