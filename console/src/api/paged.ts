import { type InfiniteData, infiniteQueryOptions, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import type { Page } from '@passerelle/client';

/** A list that is read page by page: `readPage(cursor)` answers one, and the cursor of the next. */
export function pagedQuery<T>(queryKey: QueryKey, readPage: (cursor: string | undefined) => Promise<Page<T>>) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => readPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }: Page<T>) => nextCursor ?? undefined,
    select: ({ pages }: InfiniteData<Page<T>, string | undefined>) => pages.flatMap(({ items }) => items),
  });
}

/** The rows read so far, as one list; the query itself is what `ListState` and `ListFoot` want. */
export function usePaged<T>(options: ReturnType<typeof pagedQuery<T>>) {
  const query = useInfiniteQuery({
    ...options,
    // Another filter keeps the rows that are there until its own have come.
    placeholderData: (former) => former,
  });
  return { query, rows: query.data ?? [] };
}
