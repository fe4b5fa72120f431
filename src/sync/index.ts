export { SyncProgressDto, SyncRunDto, toSyncRunDto } from './dto/sync-run.dto.js';
export { CalendarImports } from './calendar-imports.js';
export { CalendarReadings } from './calendar-readings.js';
export { progressOf } from './sync-progress.js';
export type { SyncRun } from './sync-run.js';
export { SyncModule } from './sync.module.js';
export { syncRunNotFound } from './sync.problems.js';
export { type CurrentReadings, ReadingOverview } from './reading-overview.js';
export { DEFAULT_DAYS_BACK, Sync } from './sync.service.js';
