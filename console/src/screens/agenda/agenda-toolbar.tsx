import { useTranslation } from 'react-i18next';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button, IconButton } from '@/components/button';
import { CONTROL } from '@/components/form';
import { toDayKey } from '@/i18n/instants';
import type { Range } from './agenda.queries';
import { AGENDA_VIEWS, type AgendaView } from './agenda.route';

interface AgendaToolbarProps {
  view: AgendaView;
  date: string;
  zone: string;
  /** The organization's. */
  ownZone: string;
  range: Range | null;
  onView: (view: AgendaView) => void;
  onDate: (date: string | undefined) => void;
  onZone: (zone: string) => void;
}

export function AgendaToolbar({ view, date, zone, ownZone, range, onView, onDate, onZone }: AgendaToolbarProps) {
  const { t, i18n } = useTranslation('agenda');
  const step = (direction: 1 | -1) => onDate(stepFrom(date, view, direction));
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="flex items-center gap-1">
        <Button onClick={() => onDate(undefined)} disabled={date === toDayKey(new Date(), zone)}>
          {t('today')}
        </Button>
        <IconButton label={t(`previous.${view}`)} onClick={() => step(-1)}>
          <ChevronLeft aria-hidden />
        </IconButton>
        <IconButton label={t(`next.${view}`)} onClick={() => step(1)}>
          <ChevronRight aria-hidden />
        </IconButton>
        <h2 aria-live="polite" className="ml-1 text-base font-semibold first-letter:uppercase">
          {range && nameOf(range, view, date, i18n.resolvedLanguage ?? 'fr', zone)}
        </h2>
      </div>
      <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
        <ZoneSelect zone={zone} ownZone={ownZone} onZone={onZone} />
        <div role="group" aria-label={t('view')} className="flex rounded-md border border-line bg-surface p-0.5">
          {AGENDA_VIEWS.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={view === name}
              onClick={() => onView(name)}
              className="h-7 rounded px-2.5 font-medium text-muted hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
            >
              {t(`views.${name}`)}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}

/** The zones people have a use for: the organization's, the browser's, and the one that came with the link. */
function ZoneSelect({ zone, ownZone, onZone }: { zone: string; ownZone: string; onZone: (zone: string) => void }) {
  const { t } = useTranslation('agenda');
  const browser = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([ownZone, browser, 'UTC', zone])];
  const wordOf = (one: string) =>
    one === ownZone ? t('zoneOwn', { zone: one }) : one === browser ? t('zoneBrowser', { zone: one }) : one;
  return (
    <label className="flex items-center gap-1.5 text-xs text-muted">
      <span className="max-sm:sr-only">{t('zone')}</span>
      <select
        value={zone}
        onChange={(event) => onZone(event.target.value)}
        className={`${CONTROL} h-8.5 w-auto max-w-60 pr-7`}
      >
        {zones.map((one) => (
          <option key={one} value={one}>
            {wordOf(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Days are counted as days, without a zone, so that no change of the clock loses one. */
function stepFrom(date: string, view: AgendaView, direction: 1 | -1): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (view === 'month') day.setUTCMonth(day.getUTCMonth() + direction, 1);
  else day.setUTCDate(day.getUTCDate() + direction * 7);
  return day.toISOString().slice(0, 10);
}

/** "16 – 22 mars 2026", "mars 2026" */
function nameOf({ from, to }: Range, view: AgendaView, date: string, language: string, zone: string): string {
  const locale = language === 'en' ? 'en-GB' : 'fr-FR';
  if (view === 'month') {
    const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
    return month.format(new Date(`${date}T00:00:00Z`));
  }
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: zone });
  return days.formatRange(new Date(from), new Date(Date.parse(to) - 1));
}
