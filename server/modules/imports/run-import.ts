import { AppError } from '../../errors';
import { SYSTEM } from '../../http/actor';
import type { EffectOutcome } from '../../platform/effects/runner';
import { changeRecord, type Effect } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findCampaign, forgetCampaign } from '../campaigns/find-campaign';
import { importTimetable, readTimetableFor } from '../campaigns/import-timetable';
import { matchStudents } from '../roster/match-students';
import { writeRoster } from '../roster/write-roster';
import { openKept } from './kept-file';
import { type TableImport, TableImports } from './model';
import { type Reading, readPreview } from './preview-import';
import { dataRows, noticeIn, rosterLayout, timetableGrid, timetableLayout } from './read-import';

const LEASE_MS = 20_000;

/**
 * Effect `run-import`. First, while no other import of the campaign can begin, the dry run once more: unless it comes to
 * what was previewed, nothing is written. From then on the table is carried through; a crash only means that the same
 * is begun again and finds less to do.
 */
export async function runImport(world: World, importId: string, effect: Effect): Promise<EffectOutcome> {
  const found = await TableImports.findById(importId).lean<TableImport>();
  if (found?.state !== 'running' || !found.preview) return 'done';
  forgetCampaign(found.campaignId);
  const lease = keepLease(world, importId, effect);
  try {
    const campaign = await findCampaign(found.campaignId);
    const file = await openKept(world, found);
    const reading = { found, campaign, chosen: found.preview, file };
    const total = found.isVerified ? (found.progress?.total ?? 0) : await verify(world, reading);
    const outcome =
      found.kind === 'roster'
        ? await runRoster(world, reading, { lease, total })
        : await runTimetable(world, reading);
    if (outcome) await finish(world, found, { state: 'done', outcome, progress: null });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Whoever has taken over says how it ended.
    if (!lease.isMine()) return 'done';
    const stoppedBecause = { code: error.code, message: error.publicMessage };
    await finish(world, found, { state: 'stopped', stoppedBecause, progress: null });
  } finally {
    lease.end();
  }
  return 'done';
}

/** @returns how many rows there are. @throws AppError IMPORT_STALE, ROSTER_HAS_PROBLEMS, TIMETABLE_HAS_PROBLEMS */
async function verify(world: World, reading: Reading): Promise<number> {
  const { found } = reading;
  const now = await readPreview(world, reading);
  if (now.fingerprint !== found.preview?.fingerprint) throw new AppError('IMPORT_STALE');
  if (now.counts.error > 0) {
    const code = found.kind === 'roster' ? 'ROSTER_HAS_PROBLEMS' : 'TIMETABLE_HAS_PROBLEMS';
    throw new AppError(code, { count: now.counts.error });
  }
  const total = now.kind === 'roster' ? now.students : now.totals.rows;
  await TableImports.updateOne(
    { _id: found._id, state: 'running' },
    { $set: { isVerified: true, progress: { done: 0, total } } },
  );
  return total;
}

/** @returns undefined when another process has taken over */
async function runRoster(
  world: World,
  { found, campaign, chosen, file }: Reading,
  { lease, total }: { lease: Lease; total: number },
): Promise<TableImport['outcome'] | undefined> {
  const written = await writeRoster(world, found.committedBy ?? SYSTEM, {
    campaign,
    importId: found._id,
    layout: rosterLayout(chosen.layout),
    rows: dataRows(file, chosen.layout),
    async onPart(done) {
      await TableImports.updateOne(
        { _id: found._id, state: 'running' },
        { $set: { progress: { done, total } } },
      );
      return lease.isMine();
    },
  });
  return written && { kind: 'roster', ...written };
}

interface Lease {
  isMine(): boolean;
  end(): void;
}

/** A long table takes longer than an effect's lease: it is renewed until the run ends, or somebody else has taken over. */
function keepLease(world: World, _id: string, { key, attempts }: Effect): Lease {
  let isMine = true;
  const renew = async () => {
    const dueAt = new Date(world.clock.now().getTime() + LEASE_MS);
    const { matchedCount } = await TableImports.updateOne(
      { _id, effects: { $elemMatch: { key, attempts } } },
      { $set: { 'effects.$.dueAt': dueAt } },
    );
    isMine = matchedCount === 1;
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) => world.log.warn({ err: error, import: _id }, 'lease not renewed'));
  }, LEASE_MS / 4);
  return { isMine: () => isMine, end: () => clearInterval(timer) };
}

async function runTimetable(
  world: World,
  { found, campaign, chosen, file }: Reading,
): Promise<TableImport['outcome']> {
  const { layout, capacityMarginPercent } = chosen;
  const written = await importTimetable(world, found.committedBy ?? SYSTEM, {
    campaign,
    timetable: found._id,
    reading: readTimetableFor(campaign, await timetableGrid(file, layout), timetableLayout(layout)),
    capacityMarginPercent,
    noticeText: await noticeIn(world, found, file, layout),
  });
  await matchStudents(campaign._id);
  return { kind: 'timetable', ...written };
}

async function finish(
  world: World,
  { _id }: TableImport,
  end: Pick<TableImport, 'state' | 'progress'> & Partial<Pick<TableImport, 'outcome' | 'stoppedBecause'>>,
): Promise<void> {
  await changeRecord(
    TableImports,
    { _id, state: 'running' },
    { $set: end, $unset: { running: 1 } },
    line(world, SYSTEM, end.state === 'done' ? 'import.done' : 'import.stopped', {
      wrote: _id,
      ...(end.outcome ?? {}),
      ...(end.stoppedBecause ? { because: end.stoppedBecause.code } : {}),
    }),
  );
}
