import '@fullcalendar/react/skeleton.css';
import '@fullcalendar/react/themes/classic/theme.css';
import './agenda.css';
import FullCalendar, { type CalendarRef, type EventDisplayInfo, type EventInput } from '@fullcalendar/react';
import dayGridPlugin from '@fullcalendar/react/daygrid';
import listPlugin from '@fullcalendar/react/list';
import englishLocale from '@fullcalendar/react/locales/en-gb';
import frenchLocale from '@fullcalendar/react/locales/fr';
import classicTheme from '@fullcalendar/react/themes/classic';
import timeGridPlugin from '@fullcalendar/react/timegrid';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Range } from './agenda.queries';
import type { AgendaView } from './agenda.route';
import { type Entry, lookOf } from './entries';

const VIEWS: Record<AgendaView, string> = { week: 'timeGridWeek', month: 'dayGridMonth', list: 'sevenDays' };
/** The list begins with the day it is opened on: on a Sunday the week is over, and what comes is what one looks for. */
const SEVEN_DAYS = { sevenDays: { type: 'list', duration: { days: 7 } } };
const PLUGINS = [dayGridPlugin, timeGridPlugin, listPlugin, classicTheme];
const FIRST_HOUR_SHOWN = '07:30:00';

interface AgendaCalendarProps {
  entries: readonly Entry[];
  view: AgendaView;
  /** A day of what is shown. */
  date: string;
  zone: string;
  onRange: (range: Range) => void;
  onOpen: (id: string) => void;
}

/** The only place that knows the calendar library. */
export function AgendaCalendar({ entries, view, date, zone, onRange, onOpen }: AgendaCalendarProps) {
  const { t, i18n } = useTranslation('agenda');
  const calendar = useRef<CalendarRef>(null);
  // It keeps its own place: a change in the address has to be told.
  useEffect(() => {
    const api = calendar.current?.getApi();
    if (!api) return;
    if (api.view.type === VIEWS[view]) api.gotoDate(date);
    else api.changeView(VIEWS[view], date);
  }, [view, date]);

  const known = useMemo(() => new Map(entries.map((entry) => [entry.id, entry])), [entries]);
  const events = useMemo<EventInput[]>(
    () => entries.map((entry) => toEvent(entry, view, t('private'))),
    [entries, view, t],
  );

  return (
    <div className={`agenda ${view === 'list' ? 'agenda-list' : ''}`}>
      <FullCalendar
        ref={calendar}
        plugins={PLUGINS}
        views={SEVEN_DAYS}
        initialView={VIEWS[view]}
        initialDate={date}
        headerToolbar={false}
        locale={i18n.resolvedLanguage === 'en' ? englishLocale : frenchLocale}
        timeZone={zone}
        height="auto"
        scrollTime={FIRST_HOUR_SHOWN}
        slotMinTime="06:00:00"
        slotMaxTime="22:00:00"
        nowIndicator
        eventInteractive
        // A dot says little; a bar has room for icon, hour and name in every view.
        eventDisplay="block"
        displayEventEnd={view === 'list'}
        slotEventOverlap={false}
        dayMaxEvents={4}
        eventTimeFormat={{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }}
        noEventsText={t('noEvents')}
        events={events}
        eventContent={(info) => <EventContent info={info} entry={known.get(info.event.id)} />}
        eventClick={({ event, jsEvent }) => {
          jsEvent.preventDefault();
          onOpen(event.id);
        }}
        datesSet={({ start, end }) => onRange({ from: start.toISOString(), to: end.toISOString() })}
      />
    </div>
  );
}

function toEvent(entry: Entry, view: AgendaView, nameless: string): EventInput {
  const { id, source, title, start, end, isAllDay, isCancelled } = entry;
  const { tone } = lookOf(source);
  return {
    id,
    title: title ?? nameless,
    start,
    end,
    allDay: isAllDay,
    // In the list it is the colour of a dot, elsewhere that of the ground.
    color: `var(--${tone}-${view === 'list' ? 'ink' : 'soft'})`,
    contrastColor: `var(--${tone}-ink)`,
    class: `agenda-entry agenda-${tone} ${isCancelled ? 'agenda-cancelled' : ''}`,
  };
}

const ONE_LINE_UP_TO_MS = 45 * 60_000;

function isShort({ start, end }: Entry): boolean {
  return Date.parse(end) - Date.parse(start) < ONE_LINE_UP_TO_MS;
}

function EventContent({ info, entry }: { info: EventDisplayInfo; entry: Entry | undefined }) {
  const { t } = useTranslation('agenda');
  if (entry === undefined) return <>{info.event.title}</>;
  const { icon: Icon } = lookOf(entry.source);
  const isList = info.view.type === VIEWS.list;
  const isOneLine = info.view.type === VIEWS.month || (info.view.type === VIEWS.week && isShort(entry));
  return (
    <span className={`block min-w-0 px-0.5 text-xs leading-4 ${isOneLine ? 'truncate' : 'break-words hyphens-auto'}`}>
      <Icon aria-hidden className="mr-1 inline size-3.5 align-[-0.2em]" />
      {info.timeText && <span className="font-semibold whitespace-nowrap tabular-nums">{info.timeText} </span>}
      <span className={entry.isCancelled ? 'line-through' : ''}>{info.event.title}</span>
      <span className={isList ? 'text-muted' : 'sr-only'}>
        {' · '}
        {t(`sources.${entry.source}`, { defaultValue: entry.source })}
        {entry.isCancelled && ` · ${t('cancelled')}`}
      </span>
    </span>
  );
}
