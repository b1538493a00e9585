import type { Value } from '../bson/values';
import type { Path } from './path';

export type Comparison = '$eq' | '$gt' | '$gte' | '$lt' | '$lte';

/** A parsed filter: read by the matcher, by the planner and by upserts. */
export type Filter =
  | { readonly kind: 'always' }
  | { readonly kind: 'never' }
  | { readonly kind: 'and'; readonly filters: readonly Filter[] }
  | { readonly kind: 'or'; readonly filters: readonly Filter[] }
  | { readonly kind: 'not'; readonly filter: Filter }
  | { readonly kind: 'compare'; readonly path: Path; readonly operator: Comparison; readonly value: Value }
  | {
      readonly kind: 'in';
      readonly path: Path;
      readonly values: readonly Value[];
      readonly patterns: readonly RegExp[];
    }
  | { readonly kind: 'regex'; readonly path: Path; readonly pattern: RegExp; readonly source: Value }
  | { readonly kind: 'exists'; readonly path: Path }
  | { readonly kind: 'type'; readonly path: Path; readonly types: readonly string[] }
  | { readonly kind: 'size'; readonly path: Path; readonly size: number }
  | { readonly kind: 'mod'; readonly path: Path; readonly divisor: number; readonly remainder: number }
  | { readonly kind: 'bits'; readonly path: Path; readonly operator: string; readonly mask: bigint }
  /** `$elemMatch` with a filter for element documents. */
  | { readonly kind: 'elemMatch'; readonly path: Path; readonly filter: Filter }
  /** `$elemMatch` with operators for the elements themselves; the filter's paths are empty. */
  | { readonly kind: 'elemMatchValue'; readonly path: Path; readonly filter: Filter }
  | { readonly kind: 'expr'; readonly expression: Value };

export const ALWAYS: Filter = { kind: 'always' };
export const NEVER: Filter = { kind: 'never' };

export function and(filters: readonly Filter[]): Filter {
  const [only] = filters;
  if (only === undefined) return ALWAYS;
  return filters.length === 1 ? only : { kind: 'and', filters };
}
