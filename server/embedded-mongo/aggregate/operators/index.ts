import type { CompileOperator } from '../arguments';
import { accumulating } from './accumulating';
import { arithmetic } from './arithmetic';
import { arrays } from './array';
import { comparison } from './comparison';
import { conditional } from './conditional';
import { dates } from './date';
import { objects } from './object';
import { sets } from './set';
import { strings } from './string';
import { types } from './type';

/** The closed list of expression operators: anything else is `Unrecognized expression`. */
export const OPERATORS: ReadonlyMap<string, CompileOperator> = new Map(
  Object.entries({
    ...accumulating,
    ...arithmetic,
    ...arrays,
    ...comparison,
    ...conditional,
    ...dates,
    ...objects,
    ...sets,
    ...strings,
    ...types,
  }),
);
