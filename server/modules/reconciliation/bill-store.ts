import { Binary } from 'mongodb';
import { ahead } from '../../platform/ahead';
import { type BucketSpan, type Codec, type Pack, unpackRows } from './buckets';
import { type BillChunk, BillChunks, type Side } from './chunk-model';

/** Written together: enough to make the round trip cheap, far below a message's limit. */
const CHUNKS_A_WRITE = 32;

/** Stores one side of an import. Nothing of it counts until its day names the import. */
export async function storeBill(
  { importId, dayId }: { importId: string; dayId: string },
  side: Side,
  packs: AsyncIterable<Pack>,
): Promise<void> {
  const chunkOf = ({ bucket, rows, bytes }: Pack, number: number): BillChunk => ({
    _id: `${importId}:${side}:${number}`,
    importId,
    dayId,
    side,
    bucket,
    rows,
    packed: new Binary(bytes),
  });
  let stored = 0;
  for await (const group of ahead(inGroups(packs))) {
    const first = stored + 1;
    stored += group.length;
    await BillChunks.insertMany(
      group.map((pack, at) => chunkOf(pack, first + at)),
      { lean: true },
    );
  }
}

async function* inGroups(packs: AsyncIterable<Pack>): AsyncGenerator<Pack[]> {
  let group: Pack[] = [];
  for await (const pack of packs) {
    group.push(pack);
    if (group.length < CHUNKS_A_WRITE) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** The rows of some imports whose numbers fall into a span of buckets, streamed pack by pack. */
export async function* readRows<Row, Packed>(
  importIds: readonly string[],
  side: Side,
  { from, to }: BucketSpan,
  codec: Codec<Row, Packed>,
): AsyncGenerator<Row[]> {
  if (importIds.length === 0) return;
  const chunks = BillChunks.find(
    { importId: { $in: [...importIds] }, side, bucket: { $gte: from, $lt: to } },
    { packed: 1 },
  );
  for await (const { packed } of chunks.lean<Pick<BillChunk, 'packed'>[]>().cursor()) {
    yield await unpackRows(Buffer.from(packed.value()), codec);
  }
}

export const dropImport = (importId: string) => BillChunks.deleteMany({ importId });

/** What imports of a day left behind that came to nothing. */
export const dropOtherImports = (dayId: string, importId: string) =>
  BillChunks.deleteMany({ dayId, importId: { $ne: importId } });
