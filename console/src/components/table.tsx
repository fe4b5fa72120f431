import type { ReactNode } from 'react';
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';

export interface Column<Row> {
  readonly key: string;
  readonly title: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Only from this width on; the first column must make sense alone. */
  readonly from?: 'sm' | 'md' | 'lg' | 'xl';
  readonly align?: 'right';
  /** Classes for its cells, as a width. */
  readonly className?: string;
  /** Whether its header sorts. */
  readonly sortable?: boolean;
}

export interface Sorting {
  readonly key: string;
  readonly direction: 'asc' | 'desc';
}

interface TableProps<Row> {
  /** What the table is, for those who do not see where it stands. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Rows that have just changed: highlighted for five seconds. */
  isFresh?: (row: Row) => boolean;
  /** The row whose detail is open. */
  openKey?: string | undefined;
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  /** A menu at the end of each row; label it with the row's subject. */
  rowMenu?: (row: Row) => ReactNode;
}

const FROM = {
  sm: 'hidden sm:table-cell',
  md: 'hidden md:table-cell',
  lg: 'hidden lg:table-cell',
  xl: 'hidden xl:table-cell',
};

/**
 * A real table. The first cell should hold the link that opens the row: `RowLink` makes the whole row its target for the
 * mouse, and leaves one stop for the keyboard.
 */
export function Table<Row>({
  caption,
  columns,
  rows,
  rowKey,
  isFresh,
  openKey,
  sorting,
  onSort,
  rowMenu,
}: TableProps<Row>) {
  const { t } = useTranslation();
  const classesOf = ({ from, align, className }: Column<Row>) =>
    [from && FROM[from], align === 'right' && 'text-right', className].filter(Boolean).join(' ');
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface shadow-card">
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line bg-sunken/60 text-xs text-muted">
            {columns.map((column) => {
              const isSorted = sorting?.key === column.key;
              return (
                <th
                  key={column.key}
                  scope="col"
                  className={`h-8 px-3 font-medium whitespace-nowrap first:pl-4 last:pr-4 ${classesOf(column)}`}
                  aria-sort={isSorted ? (sorting.direction === 'asc' ? 'ascending' : 'descending') : undefined}
                >
                  {column.sortable && onSort ? (
                    <SortButton
                      title={column.title}
                      direction={isSorted ? sorting.direction : null}
                      onSort={(direction) => onSort({ key: column.key, direction })}
                    />
                  ) : (
                    column.title
                  )}
                </th>
              );
            })}
            {rowMenu && (
              <th scope="col" className="w-10 px-1">
                <span className="sr-only">{t('actions.more')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => {
            const key = rowKey(row);
            return (
              <tr
                key={key}
                data-fresh={isFresh?.(row) || undefined}
                className={`relative transition-colors hover:bg-sunken/60 ${isFresh?.(row) ? 'fresh-row' : ''} ${
                  openKey === key ? 'bg-accent-soft' : ''
                }`}
              >
                {columns.map((column) => (
                  <td key={column.key} className={`h-11 px-3 py-1.5 first:pl-4 last:pr-4 ${classesOf(column)}`}>
                    {column.cell(row)}
                  </td>
                ))}
                {rowMenu && <td className="relative z-10 px-1 text-right">{rowMenu(row)}</td>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Give this class to the link of the first cell: it covers its row. */
export const ROW_LINK =
  'font-medium hover:underline after:absolute after:inset-0 after:content-[""] focus-visible:outline-none focus-visible:after:rounded focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent';

function SortButton({
  title,
  direction,
  onSort,
}: {
  title: ReactNode;
  direction: Sorting['direction'] | null;
  onSort: (direction: Sorting['direction']) => void;
}) {
  const Icon = direction === 'asc' ? ArrowUp : direction === 'desc' ? ArrowDown : ArrowUpDown;
  return (
    <button
      type="button"
      onClick={() => onSort(direction === 'asc' ? 'desc' : 'asc')}
      className="-mx-1.5 inline-flex h-6 items-center gap-1 rounded px-1.5 hover:bg-sunken hover:text-ink"
    >
      {title}
      <Icon aria-hidden className="size-3" />
    </button>
  );
}
