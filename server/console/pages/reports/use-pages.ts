import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';

/** Rows of a page on screen; the workbook has all of them. */
export const PAGE = 50;

/** A list that comes in pages, each asked for with where the last one ended. */
export const usePages = <Answer extends { next: string | null }>(
  key: readonly unknown[],
  read: (page: { limit: number; after?: string }) => Promise<Answer>,
) =>
  useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read({ limit: PAGE, ...(pageParam === '' ? {} : { after: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
