import { compareText } from '../bson/compare';
import { format } from '../bson/format';
import { type Document, isDocument, typeName, type Value } from '../bson/values';
import { failedToParse, MongoError } from '../errors';
import { arrayIndex } from '../query/path';
import type { Modify, Situation } from './operator';
import { CREATING, REMOVING } from './operators';
import { assertPath } from './path';
import { type ArrayFilters, assertFiltersUsed, concretePaths, parseArrayFilters } from './positional';
import { parseRename, type Rename } from './rename';
import { slotAt, slotIfReachable } from './slot';

export interface UpdateSituation extends Situation {
  /** The array position the query matched, for the positional `$`. */
  readonly position: number | undefined;
  readonly inserting: boolean;
}

/** Changes a document that belongs to the caller. */
export type ApplyUpdate = (document: Document, situation: Omit<UpdateSituation, 'root'>) => void;

interface Modifier {
  readonly operator: string;
  readonly path: readonly string[];
  readonly modify: Modify;
}

/**
 * Parses an update made of operators, all of them or an error; nothing is skipped in silence.
 * @param arrayFilters the command's arrayFilters
 */
export function parseUpdate(update: Document, arrayFilters: readonly Document[]): ApplyUpdate {
  const modifiers: Modifier[] = [];
  const renames: Rename[] = [];
  for (const [operator, operand] of update) {
    if (!isDocument(operand)) throw notFields(update, operator, operand);
    for (const [path, value] of operand) {
      if (operator === '$rename') renames.push(parseRename(path, value));
      else modifiers.push(modifier(operator, path, value));
    }
    if (operand.size === 0) assertKnown(operator);
  }
  const filters = parseArrayFilters(arrayFilters);
  const paths = [...modifiers.map((one) => one.path), ...renames.flatMap((one) => [one.from, one.to])];
  assertNoConflict(paths);
  assertFiltersUsed(filters, paths, update);
  const ordered = [...modifiers].sort((a, b) => comparePaths(a.path, b.path));
  return (document, situation) => {
    for (const rename of renames) rename.apply(document);
    for (const one of ordered) applyModifier(document, one, filters, { ...situation, root: document });
  };
}

function modifier(operator: string, path: string, operand: Value): Modifier {
  const parse = CREATING.get(operator) ?? REMOVING.get(operator);
  if (!parse) throw unknownModifier(operator);
  const parts = path.split('.');
  assertPath(path, parts);
  return { operator, path: parts, modify: parse(operand, path) };
}

function assertKnown(operator: string): void {
  if (operator !== '$rename' && !CREATING.has(operator) && !REMOVING.has(operator))
    throw unknownModifier(operator);
}

function unknownModifier(operator: string): MongoError {
  return failedToParse(
    `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
  );
}

function notFields(update: Document, operator: string, operand: Value): MongoError {
  if (!operator.startsWith('$')) return unknownModifier(operator);
  return failedToParse(
    `Modifiers operate on fields but we found type ${typeName(operand)} instead. ` +
      `For example: {$mod: {<field>: ...}} not ${format(update)}`,
  );
}

function assertNoConflict(paths: readonly (readonly string[])[]): void {
  const seen: string[] = [];
  for (const path of paths) {
    const dotted = path.join('.');
    for (const other of seen) {
      const conflict =
        other === dotted || other.startsWith(`${dotted}.`)
          ? dotted
          : dotted.startsWith(`${other}.`)
            ? other
            : undefined;
      if (conflict !== undefined) {
        throw new MongoError(40, `Updating the path '${dotted}' would create a conflict at '${conflict}'`);
      }
    }
    seen.push(dotted);
  }
}

/** New fields appear in the order of their names, numbers by value, whatever order the update has. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a[i] ?? '';
    const y = b[i] ?? '';
    const numbers = [arrayIndex(x), arrayIndex(y)];
    const difference =
      numbers[0] !== undefined && numbers[1] !== undefined ? numbers[0] - numbers[1] : compareText(x, y);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function applyModifier(
  document: Document,
  { operator, path, modify }: Modifier,
  filters: ArrayFilters,
  situation: UpdateSituation,
): void {
  if (operator === '$setOnInsert' && !situation.inserting) return;
  for (const concrete of concretePaths(document, path, filters, situation.position)) {
    const slot = CREATING.has(operator) ? slotAt(document, concrete) : slotIfReachable(document, concrete);
    if (slot) modify(slot, situation);
  }
}
