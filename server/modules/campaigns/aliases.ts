import { type AliasTable, aliasTable } from '../../../shared/domain/majors';
import { AppError } from '../../errors';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { forgetCampaign } from './find-campaign';
import { type Campaign, Campaigns } from './model';

/** The campaign's alias table, on top of the misspellings that are known everywhere. */
export const aliasesOf = ({ majorAliases }: Pick<Campaign, 'majorAliases'>): AliasTable =>
  aliasTable(Object.entries(majorAliases).map(([from, to]) => ({ from, to })));

/** Saves the table; its effect matches the students again. @throws AppError CHANGED_MEANWHILE */
export async function saveAliases(
  world: World,
  by: string,
  {
    campaign,
    version,
    aliases,
  }: { campaign: Campaign; version: number; aliases: readonly { from: string; to: string }[] },
): Promise<void> {
  const match = world.effects.planned('match', 'match-students');
  const majorAliases = Object.fromEntries(aliases.map(({ from, to }) => [from, to]));
  const changed = await changeRecord(
    Campaigns,
    { _id: campaign._id, version },
    { $set: { majorAliases } },
    line(world, by, 'campaign.change-aliases', { aliases: aliases.length }),
    [match],
  );
  forgetCampaign(campaign._id);
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
  await world.effects.runNow(Campaigns, campaign._id, match);
}
