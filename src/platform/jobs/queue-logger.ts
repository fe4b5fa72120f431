import { Logger } from 'graphile-worker';
import type { EventLog } from '../logging/event-log.js';

/**
 * Passes on what the queue itself has trouble with. Its texts may quote a payload or an error, so none is repeated; and
 * of a job's failure we have already told.
 */
export function queueLogger(log: EventLog): Logger {
  return new Logger(() => (level, _text, meta) => {
    const severity: string = level;
    if (meta?.['failure'] === true) return;
    if (severity === 'error') log.failure('jobs.queue_failed', meta?.['error'] ?? meta?.['fatalError']);
    else if (severity === 'warning') log.warning('jobs.queue_warned');
  });
}
