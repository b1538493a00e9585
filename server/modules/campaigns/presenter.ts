import type { CampaignAdminView, CampaignView, SessionView } from '../../../shared/contract/campaigns';
import type { PlacementView } from '../../../shared/contract/timetable-changes';
import { campaignPhase } from '../../../shared/domain/campaign-phase';
import { addMinutes } from '../../../shared/domain/time';
import type { Placement } from '../../../shared/domain/timetable-change';
import { priceOf } from './find-campaign';
import type { Campaign } from './model';
import type { CollectionSession } from './session-model';

export const presentCampaign = (campaign: Campaign, now: Date): CampaignView => ({
  id: campaign._id,
  schoolName: campaign.schoolName,
  name: campaign.name,
  graduationYear: campaign.graduationYear,
  feeItems: campaign.feeItems,
  feeBasis: campaign.feeBasis,
  place: campaign.place,
  rooms: campaign.rooms,
  collectionDays: campaign.collectionDays,
  announced: campaign.announced,
  bookingOpensAt: campaign.bookingOpensAt?.toISOString() ?? null,
  bookingClosesAt: campaign.bookingClosesAt?.toISOString() ?? null,
  rules: campaign.rules,
  contacts: campaign.contacts,
  registryOffice: campaign.registryOffice,
  makeUp: campaign.makeUp && { ...campaign.makeUp, bookable: campaign.makeUp.bookable ?? null },
  phase: campaignPhase(campaign, now),
  priceFen: priceOf(campaign),
  version: campaign.version,
});

export const presentCampaignAdmin = (
  campaign: Campaign,
  counts: CampaignAdminView['counts'],
  now: Date,
): CampaignAdminView => ({
  ...presentCampaign(campaign, now),
  schoolId: campaign.schoolId,
  merchantId: campaign.merchantId,
  counts,
  openedAt: campaign.openedAt?.toISOString() ?? null,
  collectionClosedAt: campaign.collectionClosedAt?.toISOString() ?? null,
});

export const presentPlacement = ({ building, room, day, startsAt, endsAt }: Placement): PlacementView => ({
  building,
  room,
  day,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
});

export const presentSession = (session: CollectionSession, lineUpLeadMinutes: number): SessionView => ({
  id: session._id,
  room: session.room,
  building: session.building,
  day: session.day,
  startsAt: session.startsAt.toISOString(),
  endsAt: session.endsAt.toISOString(),
  lineUpAt: addMinutes(session.startsAt, -lineUpLeadMinutes).toISOString(),
  title: session.title,
  majors: session.groups.map(({ major, direction }) => (direction ? `${major}（${direction}）` : major)),
  remark: session.remark,
  headcount: session.headcount,
  capacity: session.capacity,
  isMakeUp: session.kind === 'make_up',
});
