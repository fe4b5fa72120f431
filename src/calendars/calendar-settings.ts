import type { Integration } from '../integrations/index.js';

/** The three switches of a connected calendar, and which of the account's calendars is meant. */
export interface CalendarSettings {
  /** External events come in. */
  readonly import: boolean;
  /** Formations go out. */
  readonly export: boolean;
  /** Both happen by themselves, whenever either side changes. */
  readonly sync: boolean;
  /** Null until the first reading has asked which calendar is the primary one. */
  readonly calendarId: string | null;
}

export function calendarSettingsOf({ options, auto_sync_enabled }: Integration): CalendarSettings {
  return {
    import: options['import'] !== false,
    export: options['export'] !== false,
    sync: auto_sync_enabled,
    calendarId: typeof options['calendar_id'] === 'string' ? options['calendar_id'] : null,
  };
}

/** Scopes that were asked for and not granted. */
export function missingScopesOf({ options }: Pick<Integration, 'options'>): string[] {
  const missing = options['missing_scopes'];
  return Array.isArray(missing) ? missing.filter((scope): scope is string => typeof scope === 'string') : [];
}

/** Which of the scopes that a piece of work needs are lacking. */
export function lacking(integration: Pick<Integration, 'options'>, needed: readonly string[]): string[] {
  return missingScopesOf(integration).filter((scope) => needed.includes(scope));
}
