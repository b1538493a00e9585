import { badValue, MongoError } from '../errors';
import { filterName } from './positional';

/** Refuses update paths that MongoDB refuses. */
export function assertPath(path: string, parts: readonly string[]): void {
  if (path === '') throw new MongoError(56, 'An empty update path is not valid.');
  if (parts.includes('')) {
    throw new MongoError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  }
  const [first] = parts;
  if (first === '$' || (first !== undefined && filterName(first) !== undefined)) {
    throw badValue(
      `Cannot have array filter identifier (i.e. '$[<id>]') element in the first position in path '${path}'`,
    );
  }
  const dollar = parts.find((part) => part.startsWith('$') && part !== '$' && filterName(part) === undefined);
  if (dollar !== undefined && !['$ref', '$id', '$db'].includes(dollar)) {
    throw new MongoError(
      52,
      `The dollar ($) prefixed field '${dollar}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  }
}
