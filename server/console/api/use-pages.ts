import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { ContractKey } from '../../../shared/contract';
import { call } from './call';
import type { AnswerOf, RequestOf } from './send';

/** The lists whose pages each tell where the next begins; null after the last. */
type ListKey = {
  [K in ContractKey]: AnswerOf<K> extends { next: string | null } ? K : never;
}[ContractKey];

/** Where a page begins: nothing for the first. */
type Start = { after?: string };

/**
 * A list page by page, kept until something is written or another list is asked for; the former one stays until then.
 *
 * @param requestOf the request for the page that begins there; without a start it names the list
 * @param every milliseconds between two looks at all pages that are shown; false for none
 */
export function usePages<K extends ListKey>(
  key: K,
  requestOf: (start: Start) => RequestOf<K>,
  { every = false }: { every?: number | false } = {},
) {
  return useInfiniteQuery({
    queryKey: [key, requestOf({})],
    queryFn: ({ pageParam }) => call(key, requestOf(pageParam === '' ? {} : { after: pageParam })),
    initialPageParam: '',
    getNextPageParam: ({ next }: { next: string | null }) => next,
    refetchInterval: every,
    placeholderData: keepPreviousData,
  });
}
