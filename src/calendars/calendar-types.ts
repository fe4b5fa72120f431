import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../integrations/index.js';
import { Problem } from '../platform/errors/problem.js';
import { type CalendarProvider, isCalendarProvider } from './calendar-provider.js';
import { calendarTypeUnknown } from './calendars.problems.js';

/** The calendar providers there are, by the name that routes and answers give them. */
@Injectable()
export class CalendarTypes {
  constructor(private readonly registry: ProviderRegistry) {}

  list(): CalendarProvider[] {
    return this.registry.list().filter(isCalendarProvider);
  }

  get(type: string): CalendarProvider {
    const provider = this.list().find(({ calendar }) => calendar.type === type);
    if (provider === undefined) throw new Problem(calendarTypeUnknown);
    return provider;
  }
}
