import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type TableImport, TableImports } from './model';

/** So long the answer waits for the end; after it the import goes on by itself. */
const PATIENCE_MS = 8_000;

/**
 * Starts writing what the preview showed; `run-import` then checks that it still is so, and does it. Sent again, while it
 * runs or when it is done, it only tells how far it is.
 *
 * @throws AppError IMPORT_NOT_PREVIEWED, IMPORT_STALE, IMPORT_RUNNING while another one of the campaign is written
 */
export async function commitImport(
  world: World,
  by: UserActor,
  { found, fingerprint }: { found: TableImport; fingerprint: string },
): Promise<TableImport> {
  if (found.preview?.fingerprint !== fingerprint) {
    throw new AppError(found.preview ? 'IMPORT_STALE' : 'IMPORT_NOT_PREVIEWED');
  }
  if (found.state !== 'previewed') return found;
  const effect = world.effects.planned('run-import', 'run-import');
  const started = await start(world, by, found, effect);
  if (!started) throw new AppError('CHANGED_MEANWHILE');
  const run = world.effects.runNow(TableImports, found._id, effect);
  await Promise.race([run, patience()]);
  // Outlives the answer: a failure is the effect's, which is repeated.
  run.catch((error: unknown) => world.log.error({ err: error, import: found._id }, 'import not recorded'));
  return (await TableImports.findById(found._id).lean<TableImport>()) ?? started;
}

async function start(
  world: World,
  by: UserActor,
  { _id, version }: TableImport,
  effect: TableImport['effects'][number],
): Promise<TableImport | null> {
  const who = actorName(by);
  try {
    return await changeRecord(
      TableImports,
      { _id, version, state: 'previewed' },
      { $set: { state: 'running', running: true, committedBy: who, progress: { done: 0, total: 0 } } },
      line(world, who, 'import.commit', { wrote: _id }),
      [effect],
    );
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('IMPORT_RUNNING', {}, { cause: error });
  }
}

const patience = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
