import { type Document, isDocument, typeName, type Value } from '../../bson/values';
import { MongoError } from '../../errors';
import { plainValue, splitPath } from '../../query/path';
import { compileProjection } from '../../query/projection';
import type { Expression } from '../scope';
import type { CompileStage, Documents, PipelineContext, Stage } from '../stage';

/** The stages that turn one document into one (or, `$unwind`, into several). */
export const shape: Readonly<Record<string, CompileStage>> = {
  $project: (specification, context) => {
    if (!isDocument(specification) || specification.size === 0) {
      throw new MongoError(
        51272,
        'Invalid $project :: caused by :: projection specification must have at least one field',
      );
    }
    const project = compileProjection(specification, context.compiler, false);
    return each((root) => project(root, { root, variables: context.variables }));
  },
  $addFields: (specification, context) => addFields('$addFields', specification, context),
  $set: (specification, context) => addFields('$set', specification, context),
  $unset: (specification, context) => {
    const names = Array.isArray(specification) ? specification : [specification];
    if (names.length === 0 || !names.every((name) => typeof name === 'string')) {
      throw new MongoError(31002, '$unset specification must be a string or an array of strings');
    }
    const project = compileProjection(
      new Map(names.map((name) => [String(name), 0])),
      context.compiler,
      false,
    );
    return each((root) => project(root, { root, variables: context.variables }));
  },
  $replaceRoot: (specification, context) => {
    const newRoot = isDocument(specification) ? specification.get('newRoot') : undefined;
    if (newRoot === undefined) throw new MongoError(40231, 'no newRoot specified for the $replaceRoot stage');
    return replaceRoot(context.compiler.compile(newRoot), context);
  },
  $replaceWith: (specification, context) => replaceRoot(context.compiler.compile(specification), context),
  $unwind: (specification) => unwind(specification),
};

function each(change: (document: Document) => Document): Stage {
  return function* (input) {
    for (const document of input) yield change(document);
  };
}

function replaceRoot(expression: Expression, context: PipelineContext): Stage {
  return each((root) => {
    const value = expression({ root, variables: context.variables });
    if (isDocument(value)) return value;
    throw new MongoError(
      40228,
      `'newRoot' expression must evaluate to an object, but resulting value was of type: ${typeName(value)}`,
    );
  });
}

interface Added {
  readonly path: readonly string[];
  readonly expression: Expression;
}

function addFields(name: string, specification: Value, context: PipelineContext): Stage {
  if (!isDocument(specification))
    throw new MongoError(
      40272,
      `${name} specification stage must be an object, got ${typeName(specification)}`,
    );
  if (specification.size === 0)
    throw new MongoError(40177, `Invalid ${name} :: caused by :: specification must have at least one field`);
  const added = [...specification].flatMap(([field, value]) => flatten(splitPath(field), value, context));
  return each((root) => {
    const scope = { root, variables: context.variables };
    const result = new Map(root);
    for (const { path, expression } of added) setField(result, path, expression(scope));
    return result;
  });
}

/** `{a: {b: 1}}` sets `a.b`, and leaves the rest of `a` alone. */
function flatten(path: readonly string[], value: Value, context: PipelineContext): Added[] {
  if (path.includes('') || path.some((part) => part.startsWith('$'))) {
    throw new MongoError(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
    );
  }
  const [first] = isDocument(value) ? value.keys() : [];
  if (!isDocument(value) || first === undefined || first.startsWith('$')) {
    return [{ path, expression: context.compiler.compile(value) }];
  }
  return [...value].flatMap(([name, inner]) => flatten([...path, ...splitPath(name)], inner, context));
}

function setField(document: Document, path: readonly string[], value: Value | undefined): void {
  const [name = '', ...rest] = path;
  if (rest.length > 0) {
    document.set(name, below(document.get(name), rest, value));
  } else if (value === undefined) {
    document.delete(name);
  } else {
    document.set(name, value);
  }
}

function below(holder: Value | undefined, path: readonly string[], value: Value | undefined): Value {
  if (Array.isArray(holder)) return holder.map((item) => below(item, path, value));
  const copy: Document = isDocument(holder) ? new Map(holder) : new Map();
  setField(copy, path, value);
  return copy;
}

function unwind(specification: Value): Stage {
  const options = isDocument(specification)
    ? specification
    : new Map<string, Value>([['path', specification]]);
  const path = options.get('path');
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new MongoError(
      28818,
      `path option to $unwind stage should be prefixed with a '$': ${String(path)}`,
    );
  for (const name of options.keys()) {
    if (!['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(name))
      throw new MongoError(28811, `unrecognized option to $unwind stage: ${name}`);
  }
  const keepEmpty = options.get('preserveNullAndEmptyArrays') === true;
  const indexName = options.get('includeArrayIndex');
  const parts = splitPath(path.slice(1));

  const emit = (document: Document, value: Value | undefined, index: Value): Document => {
    const result = new Map(document);
    setField(result, parts, value);
    if (typeof indexName === 'string') setField(result, splitPath(indexName), index);
    return result;
  };
  return function* (input: Documents) {
    for (const document of input) {
      const value = plainValue(document, parts);
      if (Array.isArray(value) && value.length > 0) {
        for (const [i, item] of value.entries()) yield emit(document, item, i);
      } else if (Array.isArray(value)) {
        if (keepEmpty) yield emit(document, undefined, null);
      } else if (value !== undefined && value !== null) {
        yield emit(document, value, null);
      } else if (keepEmpty) {
        yield typeof indexName === 'string' ? emit(document, value, null) : document;
      }
    }
  };
}
