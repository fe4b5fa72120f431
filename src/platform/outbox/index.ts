export { OutboxEffect } from './outbox-effect.js';
export type { OutboxContext } from './outbox-effect.js';
export { OutboxModule } from './outbox.module.js';
export { OutboxSweep } from './outbox.sweep.js';
export { Outbox } from './outbox.js';
export type { OutboxPromise } from './outbox.js';
