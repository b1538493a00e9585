import type { AnyBulkWriteOperation } from 'mongodb';
import type { Collection } from 'mongoose';
import { inScope } from '../crash-points';
import type { Log } from '../log';
import type { RecordDocument } from '../mongo/record';

type Finish = AnyBulkWriteOperation<RecordDocument>;

export interface Finisher {
  /** Soon, together with others. */
  add(records: Collection<RecordDocument>, finish: Finish): void;
  /** Writes what is waiting, and waits for what is being written. */
  flush(): Promise<void>;
}

const WAIT_MS = 100;

/**
 * Strikes finished effects off their records, many at a time: nobody waits for it, because an effect that is struck off
 * late, or never after a crash, is only run once more.
 */
export function createFinisher(log: Log): Finisher {
  const waiting = new Map<Collection<RecordDocument>, Finish[]>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const batches = [...waiting];
    waiting.clear();
    for (const [records, finishes] of batches) {
      try {
        await records.bulkWrite(finishes, { ordered: false });
      } catch (error) {
        log.warn({ err: error, effects: finishes.length }, 'finished effects not struck off; they run again');
      }
    }
  }

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(() => inScope('job finisher', write));
    return writing;
  };

  return {
    add(records, finish) {
      const batch = waiting.get(records);
      if (batch) batch.push(finish);
      else waiting.set(records, [finish]);
      timer ??= setTimeout(flush, WAIT_MS);
    },
    flush,
  };
}
