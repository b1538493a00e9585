import type { ImportView } from '../../../shared/contract/imports';
import { fieldsOf } from './look-at-sheet';
import type { TableImport } from './model';

export const presentImport = (found: TableImport): ImportView => ({
  id: found._id,
  kind: found.kind,
  name: found.name,
  state: found.state,
  sheets: found.sheets,
  fields: fieldsOf(found.kind).map(({ field, label, isNeeded = false }) => ({ field, label, isNeeded })),
  progress: found.progress,
  outcome: found.outcome,
  stoppedBecause: found.stoppedBecause?.message ?? null,
  expiresAt: found.expiresAt.toISOString(),
});
