import { campaignPhase } from '../../../shared/domain/campaign-phase';
import type { MessageKind } from '../../../shared/domain/messages';
import { shanghaiStamp, spokenDay } from '../../../shared/domain/time';
import type { World } from '../../world';
import { findAnnouncement } from '../announcements/find-announcement';
import { isInGroup } from '../announcements/group';
import { bookingsOfAccount, findBooking } from '../bookings/find-booking';
import { findCampaign } from '../campaigns/find-campaign';
import { sessionOfBooking } from '../campaigns/find-session';
import type { Campaign } from '../campaigns/model';
import { standingsOf } from '../office/standings';
import { findOrder } from '../payments/find-order';
import type { Message } from './message-model';
import type { MessageFact } from './templates';

export interface MessageContent {
  facts: Record<MessageFact, string>;
  /** Opens with a tap; without leading slash. */
  page: string;
}

/** What a message says as things are now; null when there is nothing to say any more. */
export async function contentOf(world: World, message: Message): Promise<MessageContent | null> {
  const campaign = await findCampaign(message.campaignId);
  return TELL[message.kind](world, message, campaign);
}

type Tell = (world: World, message: Message, campaign: Campaign) => Promise<MessageContent | null>;

const TELL: Readonly<Record<MessageKind, Tell>> = {
  opening: tellOpening,
  booked: (world, message, campaign) => tellPlace(world, message, campaign, '预约成功，届时凭预约二维码采集'),
  day_before: tellDayBefore,
  moved: tellMoved,
  refunded: tellRefunded,
  photo_check: tellPhotoCheck,
  announcement: tellAnnouncement,
};

const HOME = 'pages/home/index';

async function tellOpening(
  world: World,
  { accountId }: Message,
  campaign: Campaign,
): Promise<MessageContent | null> {
  const now = world.clock.now();
  if (campaignPhase(campaign, now) !== 'open') return null;
  const bookings = await bookingsOfAccount(accountId);
  if (bookings.some(({ campaignId, active }) => active && campaignId === campaign._id)) return null;
  const [day] = campaign.collectionDays.map((each) => each.day).sort();
  return {
    page: HOME,
    facts: {
      campaign: campaign.name,
      time: minute(campaign.openedAt ?? campaign.bookingOpensAt ?? now),
      place: campaign.place,
      amount: '',
      note: day ? `现在可以预约，${spokenDay(day)}采集` : '现在可以预约',
    },
  };
}

/** Somebody who still has the place, and whose session is still to come. */
async function tellPlace(
  world: World,
  { subjectId }: Message,
  campaign: Campaign,
  note: string,
): Promise<MessageContent | null> {
  const booking = await findBooking(subjectId);
  if (booking?.place !== 'booked' || booking.attendance !== 'expected') return null;
  const session = await sessionOfBooking(booking);
  if (!session || session.startsAt <= world.clock.now()) return null;
  return {
    page: HOME,
    facts: {
      campaign: campaign.name,
      time: minute(session.startsAt),
      place: session.kind === 'make_up' ? session.building : `${campaign.place}${session.room}`,
      amount: yuan(booking.amountFen),
      note,
    },
  };
}

/** The session may have moved since the reminder was planned; the new day has a reminder of its own. */
async function tellDayBefore(
  world: World,
  message: Message,
  campaign: Campaign,
): Promise<MessageContent | null> {
  const content = await tellPlace(
    world,
    message,
    campaign,
    `提前${campaign.rules.lineUpLeadMinutes}分钟列队，带身份证原件`,
  );
  const plannedFor = message._id.split(':').at(-1);
  return content?.facts.time.startsWith(plannedFor ?? '-') ? content : null;
}

async function tellMoved(world: World, message: Message, campaign: Campaign): Promise<MessageContent | null> {
  const booking = await findBooking(message.subjectId);
  if (!booking?.moved || booking.moved.acknowledgedAt) return null;
  return tellPlace(world, message, campaign, '时间或教室有变，不便可免费取消');
}

async function tellRefunded(
  _world: World,
  { _id, subjectId }: Message,
  campaign: Campaign,
): Promise<MessageContent | null> {
  const refundNo = _id.slice(_id.indexOf(':') + 1);
  const order = await findOrder(subjectId);
  const refund = order?.refunds.find((each) => each.refundNo === refundNo);
  if (refund?.state !== 'succeeded') return null;
  return {
    page: 'pages/orders/index',
    facts: {
      campaign: campaign.name,
      time: minute(refund.succeededAt ?? refund.requestedAt),
      place: campaign.place,
      amount: yuan(refund.amountFen),
      note: '已原路退回付款账户',
    },
  };
}

async function tellPhotoCheck(
  _world: World,
  { subjectId }: Message,
  campaign: Campaign,
): Promise<MessageContent | null> {
  const booking = await findBooking(subjectId);
  if (booking?.attendance !== 'shot' || !booking.shotAt || booking.photoCheck) return null;
  return {
    page: HOME,
    facts: {
      campaign: campaign.name,
      time: minute(booking.shotAt),
      place: campaign.place,
      amount: yuan(booking.amountFen),
      note: '请到学信网核对本人图像',
    },
  };
}

/** A night may have passed since: who is no longer in the group is left alone. */
async function tellAnnouncement(
  _world: World,
  { subjectId, accountId }: Message,
  campaign: Campaign,
): Promise<MessageContent | null> {
  const announcement = await findAnnouncement(subjectId);
  if (!announcement || announcement.state === 'withdrawn') return null;
  const theirs = (await standingsOf(campaign._id)).find(
    ({ student }) => student.binding?.accountId === accountId,
  );
  if (!theirs || !isInGroup(theirs, announcement.group)) return null;
  return {
    page: HOME,
    facts: {
      campaign: campaign.name,
      time: minute(announcement.at),
      place: campaign.place,
      amount: '',
      note: announcement.title,
    },
  };
}

/** "2022-11-19 09:10" */
const minute = (at: Date): string => shanghaiStamp(at).slice(0, 16);

const yuan = (fen: number): string => `${(fen / 100).toFixed(2)}元`;
