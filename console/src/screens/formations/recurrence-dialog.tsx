import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { X } from 'lucide-react';
import { Button, IconButton } from '@/components/button';
import { Dialog } from '@/components/drawer';
import { Form, SelectField, TextField } from '@/components/form';
import { toHour, toLongDay, toOffset } from '@/i18n/instants';
import { addWords } from '@/i18n/i18n';
import { useTelling } from '@/i18n/use-telling';
import { datesOf, instantOf, MOST_DATES, type Occurrence } from './recurrence';
import { words } from './words.regular-dates';

addWords('regular-dates', words);

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const EVERY_WEEKS = ['1', '2', '3', '4'];

interface RecurrenceDialogProps {
  /** Of the training: the dates keep its local hours. */
  zone: string;
  /** How many dates the training may still get. */
  room: number;
  onClose: () => void;
  onDates: (dates: readonly Occurrence[]) => void;
}

/** Says a rule once, shows the dates that it makes, and hands them over: from then on each is a date like any other. */
export function RecurrenceDialog({ zone, room, onClose, onDates }: RecurrenceDialogProps) {
  const { t } = useTranslation('regular-dates');
  const id = useId();
  const [from, setFrom] = useState('');
  const [begin, setBegin] = useState('09:00');
  const [end, setEnd] = useState('12:00');
  const [everyWeeks, setEveryWeeks] = useState('1');
  const [weekdays, setWeekdays] = useState<ReadonlySet<number>>(new Set());
  const [endsBy, setEndsBy] = useState('count');
  const [count, setCount] = useState('10');
  const [until, setUntil] = useState('');
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());

  const dates = datesOf({
    from,
    everyWeeks: Number(everyWeeks),
    weekdays,
    begin,
    end,
    ends: endsBy === 'count' ? { count: Number(count) } : { until },
    without,
  });
  const lines = dates.map((date) => ({
    date,
    begin: instantOf(date.startsAt, zone),
    end: instantOf(date.endsAt, zone),
  }));
  const isTooMany = dates.length > room;
  const isGood = dates.length > 0 && !isTooMany && lines.every((line) => line.begin !== null && line.end !== null);

  return (
    <Dialog
      title={t('title')}
      hint={t('hint', { zone })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
          <Button type="submit" form={id} look="primary" disabled={!isGood}>
            {t('add', { count: dates.length })}
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={() => isGood && onDates(dates)}>
        <WeekdayField chosen={weekdays} onChange={setWeekdays} />
        <div className="grid gap-3.5 sm:grid-cols-2">
          <TextField
            name="series/begin"
            label={t('begin')}
            type="time"
            required
            value={begin}
            onChange={(event) => setBegin(event.target.value)}
          />
          <TextField
            name="series/end"
            label={t('end')}
            hint={begin !== '' && end !== '' && end <= begin ? t('nextDay') : undefined}
            type="time"
            required
            value={end}
            onChange={(event) => setEnd(event.target.value)}
          />
          <TextField
            name="series/from"
            label={t('from')}
            type="date"
            required
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
          <SelectField
            name="series/every"
            label={t('every')}
            required
            value={everyWeeks}
            onChange={(event) => setEveryWeeks(event.target.value)}
            options={EVERY_WEEKS.map((weeks) => [weeks, t('weeks', { count: Number(weeks) })])}
          />
          <SelectField
            name="series/ends"
            label={t('ends')}
            required
            value={endsBy}
            onChange={(event) => setEndsBy(event.target.value)}
            options={[
              ['count', t('byCount')],
              ['until', t('byDay')],
            ]}
          />
          {endsBy === 'count' ? (
            <TextField
              name="series/count"
              label={t('count')}
              type="number"
              min={1}
              max={MOST_DATES}
              required
              value={count}
              onChange={(event) => setCount(event.target.value)}
            />
          ) : (
            <TextField
              name="series/until"
              label={t('until')}
              type="date"
              min={from}
              required
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          )}
        </div>
        {without.size > 0 && (
          <LeftOut
            days={[...without].toSorted()}
            onBack={(day) => setWithout(new Set([...without].filter((one) => one !== day)))}
          />
        )}
        <section aria-labelledby={`${id}-dates`}>
          <h3 id={`${id}-dates`} className="mb-1 font-semibold" aria-live="polite">
            {t('dates', { count: dates.length })}
          </h3>
          {isTooMany && <p className="text-bad-ink">{t('tooMany', { count: room })}</p>}
          {dates.length === 0 && <p className="text-muted">{t('none')}</p>}
          <ol className="space-y-1">
            {lines.map((line) => (
              <DateLine
                key={line.date.startsAt}
                {...line}
                zone={zone}
                onLeaveOut={() => setWithout(new Set([...without, dayOf(line.date.startsAt)]))}
              />
            ))}
          </ol>
        </section>
      </Form>
    </Dialog>
  );
}

function WeekdayField({
  chosen,
  onChange,
}: {
  chosen: ReadonlySet<number>;
  onChange: (chosen: ReadonlySet<number>) => void;
}) {
  const { t } = useTranslation('regular-dates');
  const { language } = useTelling();
  const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{t('weekdays')}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {WEEKDAYS.map((weekday) => (
          <label key={weekday} className="inline-flex min-h-6 items-center gap-1.5">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={chosen.has(weekday)}
              onChange={({ target }) =>
                onChange(new Set(target.checked ? [...chosen, weekday] : [...chosen].filter((one) => one !== weekday)))
              }
            />
            {/* The fifth of January 2026 was a Monday. */}
            {format.format(new Date(Date.UTC(2026, 0, 4 + weekday)))}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Days that the rule would give, and that somebody has taken out of it. */
function LeftOut({ days, onBack }: { days: readonly string[]; onBack: (day: string) => void }) {
  const { t } = useTranslation('regular-dates');
  const { language } = useTelling();
  return (
    <section aria-label={t('leftOut')}>
      <h3 className="mb-1 font-semibold">{t('leftOut')}</h3>
      <ul className="flex flex-wrap gap-1.5">
        {days.map((day) => (
          <li key={day}>
            <Button size="small" onClick={() => onBack(day)}>
              {t('takeBack', { day: toLongDay(new Date(day), { language, zone: 'UTC' }) })}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DateLineProps {
  date: Occurrence;
  /** Null where clocks skip that hour. */
  begin: Date | null;
  end: Date | null;
  zone: string;
  onLeaveOut: () => void;
}

function DateLine({ date, begin, end, zone, onLeaveOut }: DateLineProps) {
  const { t } = useTranslation('regular-dates');
  const { language } = useTelling();
  const day = toLongDay(new Date(dayOf(date.startsAt)), { language, zone: 'UTC' });
  return (
    <li className="flex items-center justify-between gap-3 rounded-md border border-line px-3 py-1">
      {begin && end ? (
        <span className="tabular-nums">
          <time dateTime={begin.toISOString()}>
            {day} {date.startsAt.slice(0, 4)}, {toHour(begin, { language, zone })}–{toHour(end, { language, zone })}
          </time>{' '}
          <span className="text-xs text-muted">{toOffset(begin, { language, zone })}</span>
        </span>
      ) : (
        <span className="text-bad-ink">{t('skipped', { day })}</span>
      )}
      <IconButton label={t('leave', { day })} onClick={onLeaveOut}>
        <X aria-hidden />
      </IconButton>
    </li>
  );
}

const dayOf = (localTime: string) => localTime.slice(0, 10);
