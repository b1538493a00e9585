import type { Document, Filter } from 'mongodb';
import type { Collection } from 'mongoose';
import type { RecordDocument } from './record';

/**
 * Those that have a document of this kind: one question for all of them, because whoever looks twice a second at twenty
 * collections, of which nineteen are quiet, would ask for little else.
 *
 * @param sources each with its collection, all of one database
 * @param filter served by an index of every collection
 */
export async function whichHave<T extends { records: Collection<RecordDocument> }>(
  sources: readonly T[],
  filter: Filter<RecordDocument>,
): Promise<T[]> {
  const [first, ...others] = sources;
  if (!first) return [];
  const lookIn = ({ records }: T): Document[] => [
    { $match: filter },
    { $limit: 1 },
    { $project: { _id: 0, name: { $literal: records.collectionName } } },
  ];
  const found = await first.records
    .aggregate<{ name: string }>([
      ...lookIn(first),
      ...others.map((other) => ({
        $unionWith: { coll: other.records.collectionName, pipeline: lookIn(other) },
      })),
    ])
    .toArray();
  const names = new Set(found.map(({ name }) => name));
  return sources.filter(({ records }) => names.has(records.collectionName));
}
