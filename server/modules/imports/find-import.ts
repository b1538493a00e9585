import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import { findOwnCampaign } from '../campaigns/find-campaign';
import type { Campaign } from '../campaigns/model';
import { type TableImport, TableImports } from './model';

/** An import of the user's school, with its campaign. @throws AppError NOT_FOUND, also for other schools' */
export async function findOwnImport(
  by: UserActor,
  id: string,
): Promise<{ found: TableImport; campaign: Campaign }> {
  const found = await TableImports.findOne({ _id: id, schoolId: by.schoolId }).lean<TableImport>();
  if (!found) throw new AppError('NOT_FOUND');
  return { found, campaign: await findOwnCampaign(by, found.campaignId) };
}
