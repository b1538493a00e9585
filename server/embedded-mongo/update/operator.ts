import type { Document, Value } from '../bson/values';
import type { Slot } from './slot';

/** What an operator may need to know besides the field: the document it sits in, and the time. */
export interface Situation {
  readonly root: Document;
  readonly now: Date;
}

export type Modify = (slot: Slot, situation: Situation) => void;

/** Checks the operand once; the function returned is applied to every document. */
export type ParseOperator = (operand: Value, path: string) => Modify;
