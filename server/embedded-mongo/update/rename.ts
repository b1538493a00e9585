import { type Document, isDocument, typeName, type Value } from '../bson/values';
import { badValue } from '../errors';
import { assertPath } from './path';
import { slotAt } from './slot';

export interface Rename {
  readonly from: readonly string[];
  readonly to: readonly string[];
  apply(document: Document): void;
}

/** `$rename` moves a field within documents; it neither enters nor leaves arrays. */
export function parseRename(source: string, destination: Value): Rename {
  if (typeof destination !== 'string') {
    throw badValue(`The 'to' field for $rename must be a string: ${source}: ${typeName(destination)}`);
  }
  const from = source.split('.');
  const to = destination.split('.');
  assertPath(source, from);
  assertPath(destination, to);
  if (source === destination)
    throw badValue(`The source and target field for $rename must differ: ${source}: "${destination}"`);
  for (const part of [...from, ...to]) {
    if (part.startsWith('$'))
      throw badValue(`The source and target field for $rename may not be dynamic: ${source}`);
  }
  return {
    from,
    to,
    apply(document) {
      assertOutsideArrays(document, from, 'source');
      assertOutsideArrays(document, to, 'destination');
      const value = take(document, from);
      if (value !== undefined) slotAt(document, to).set(value);
    },
  };
}

function assertOutsideArrays(document: Document, path: readonly string[], role: string): void {
  let node: Value | undefined = document;
  for (const component of path) {
    if (Array.isArray(node)) {
      throw badValue(
        `The ${role} field cannot be an array element, '${path.join('.')}' in doc has an array field`,
      );
    }
    node = isDocument(node) ? node.get(component) : undefined;
  }
}

function take(document: Document, path: readonly string[]): Value | undefined {
  let node: Value | undefined = document;
  for (const component of path.slice(0, -1)) node = isDocument(node) ? node.get(component) : undefined;
  const last = path.at(-1) ?? '';
  if (!isDocument(node)) return undefined;
  const value = node.get(last);
  node.delete(last);
  return value;
}
