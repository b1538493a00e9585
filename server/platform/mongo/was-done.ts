import type { RecordDocument } from './record';

/** A change with this nonce stands in the trail: the answer to it was lost, and the same is asked again. */
export const wasDone = ({ trail }: Pick<RecordDocument, 'trail'>, nonce: string): boolean =>
  trail.some(({ facts }) => facts.nonce === nonce);
