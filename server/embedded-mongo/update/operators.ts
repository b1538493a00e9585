import { Long, Timestamp } from 'bson';
import { add, makeNumber, multiply, widerType } from '../bson/arithmetic';
import { compareValues } from '../bson/compare';
import { format } from '../bson/format';
import {
  clone,
  document,
  isDocument,
  isNumber,
  numberType,
  toNumber,
  typeName,
  type Value,
} from '../bson/values';
import { badValue, typeMismatch } from '../errors';
import { parseAddToSet, parsePop, parsePull, parsePullAll, parsePush } from './array-operators';
import type { Modify, ParseOperator } from './operator';

/** The operators that write their field even if it is absent; the others leave an absent path alone. */
export const CREATING: ReadonlyMap<string, ParseOperator> = new Map<string, ParseOperator>([
  ['$set', (operand) => (slot) => slot.set(clone(operand))],
  ['$setOnInsert', (operand) => (slot) => slot.set(clone(operand))],
  ['$inc', arithmetic('$inc', 'increment', add)],
  ['$mul', arithmetic('$mul', 'multiply', multiply)],
  ['$min', extreme((order) => order < 0)],
  ['$max', extreme((order) => order > 0)],
  ['$currentDate', currentDate],
  ['$bit', bit],
  ['$push', parsePush],
  ['$addToSet', parseAddToSet],
]);

export const REMOVING: ReadonlyMap<string, ParseOperator> = new Map<string, ParseOperator>([
  ['$unset', () => (slot) => slot.remove()],
  ['$pop', parsePop],
  ['$pull', parsePull],
  ['$pullAll', parsePullAll],
]);

function arithmetic(operator: string, verb: string, compute: typeof add): ParseOperator {
  return (operand, path) => {
    if (!isNumber(operand)) {
      throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path}: ${format(operand)}}`);
    }
    return (slot, { root }) => {
      const current = slot.get();
      if (current === undefined) {
        slot.set(operator === '$inc' ? operand : makeNumber(numberType(operand), 0));
        return;
      }
      if (!isNumber(current)) {
        throw typeMismatch(
          `Cannot apply ${operator} to a value of non-numeric type. {_id: ${format(root.get('_id'))}} has the field ` +
            `'${slot.path.at(-1) ?? ''}' of non-numeric type ${typeName(current)}`,
        );
      }
      slot.set(compute(current, operand));
    };
  };
}

function extreme(wins: (order: number) => boolean): ParseOperator {
  return (operand) => (slot) => {
    const current = slot.get();
    if (current === undefined || wins(compareValues(operand, current))) slot.set(clone(operand));
  };
}

function currentDate(operand: Value, path: string): Modify {
  const type = isDocument(operand) ? operand.get('$type') : operand;
  const asTimestamp = isDocument(operand) && type === 'timestamp';
  const asDate = typeof operand === 'boolean' || (isDocument(operand) && type === 'date');
  if (isDocument(operand) && (operand.size !== 1 || !operand.has('$type'))) {
    throw badValue(`Unrecognized $currentDate option: ${[...operand.keys()].join()}`);
  }
  if (!asTimestamp && !asDate) {
    throw badValue(
      `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ` +
        `({$type: 'timestamp/date'}): ${path}`,
    );
  }
  return (slot, { now }) => slot.set(asTimestamp ? timestamp(now) : now);
}

let lastTimestamp = { seconds: 0, increment: 0 };

function timestamp(now: Date): Timestamp {
  const seconds = Math.floor(now.getTime() / 1000);
  const increment = seconds === lastTimestamp.seconds ? lastTimestamp.increment + 1 : 1;
  lastTimestamp = { seconds, increment };
  return new Timestamp({ t: seconds, i: increment });
}

function bit(operand: Value): Modify {
  if (!isDocument(operand) || operand.size === 0) {
    throw badValue(
      `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  }
  const steps = [...operand].map(([name, value]) => {
    if (!['and', 'or', 'xor'].includes(name)) {
      throw badValue(
        `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${name}: ${format(value)}}`,
      );
    }
    if (!isNumber(value) || numberType(value) === 'double') {
      throw badValue(
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(value)}' is not supported here: {${name}: ${format(value)}}`,
      );
    }
    return { name, value };
  });
  return (slot, { root }) => {
    let current = slot.get() ?? 0;
    for (const { name, value } of steps) {
      if (!isNumber(current) || numberType(current) === 'double') {
        throw badValue(
          `Cannot apply $bit to a value of non-integral type.${format(document({ _id: root.get('_id') }))} has the field ` +
            `${slot.path.at(-1) ?? ''} of non-integer type ${typeName(current)}`,
        );
      }
      const a = Long.fromNumber(toNumber(current));
      const b = Long.fromNumber(toNumber(value));
      const result = name === 'and' ? a.and(b) : name === 'or' ? a.or(b) : a.xor(b);
      current = makeNumber(widerType(current, value), result.toNumber());
    }
    slot.set(current);
  };
}
