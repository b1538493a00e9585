import {
  keepPreviousData,
  QueryClient,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { ContractKey } from '../../../shared/contract';
import { useComplain } from '../parts/complain';
import { call } from './call';
import { ApiError, hasCode, NoAnswer } from './errors';
import type { AnswerOf, RequestOf } from './send';

/** Reads are asked again when no answer came; a refusal stays one. Writes are never repeated by themselves. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => error instanceof NoAnswer && failures < 2,
        networkMode: 'always',
        refetchOnReconnect: true,
      },
      // The service is asked whatever the browser thinks of the network. Without one that is said at once: nothing is kept
      // to be done later, when nobody looks any more.
      mutations: { retry: false, networkMode: 'always' },
    },
  });

interface ReadOptions<K extends ContractKey> {
  enabled?: boolean;
  /** Milliseconds, or a function of the last answer; false stops. */
  every?: number | false | ((last: AnswerOf<K> | undefined) => number | false);
  /** The former answer stays until the next is there: for the pages of a table. */
  keepLast?: boolean;
}

/** What the service says, kept until something is written. */
export function useRead<K extends ContractKey>(
  key: K,
  request: RequestOf<K>,
  { enabled = true, every = false, keepLast = false }: ReadOptions<K> = {},
): UseQueryResult<AnswerOf<K>> {
  return useQuery<AnswerOf<K>>({
    queryKey: [key, request],
    queryFn: () => call(key, request),
    enabled,
    placeholderData: keepLast ? keepPreviousData : undefined,
    refetchInterval: typeof every === 'function' ? (query) => every(query.state.data) : every,
  });
}

interface WriteOptions<K extends ContractKey> {
  onDone?: (answer: AnswerOf<K>) => void;
  /** Deals with a refusal at its own place; true when nothing more is to be said. */
  onRefused?: (error: ApiError) => boolean;
}

/**
 * Changes something. Whatever is on screen is read again afterwards, also after CHANGED_MEANWHILE, so that the person
 * decides on what there is now.
 */
export function useWrite<K extends ContractKey>(key: K, { onDone, onRefused }: WriteOptions<K> = {}) {
  const queries = useQueryClient();
  const complain = useComplain();
  return useMutation<AnswerOf<K>, Error, RequestOf<K>>({
    mutationFn: (request) => call(key, request),
    async onSuccess(answer) {
      await queries.invalidateQueries();
      onDone?.(answer);
    },
    onError(error) {
      if (hasCode(error, 'CHANGED_MEANWHILE') || error instanceof NoAnswer) void queries.invalidateQueries();
      if (error instanceof ApiError && onRefused?.(error)) return;
      complain(error);
    },
  });
}

/** Asks with a body that is too large for an address: a preview. Nothing changes, so nothing is read again. */
export function useAsk<K extends ContractKey>(key: K) {
  const complain = useComplain();
  return useMutation<AnswerOf<K>, Error, RequestOf<K>>({
    mutationFn: (request) => call(key, request),
    onError: complain,
  });
}
