import { ApiError } from '../../../../server/demo/api-client';
import { layCampaign, laySession, layStudents } from '../../../../server/demo/ground';
import { DEMO_CAMPAIGN } from '../../../../server/demo/notice-2023';
import type { CampaignDraft } from '../../../../shared/contract/campaigns';
import { draftOf } from '../../make-up-scene';
import type { UseCase } from '../crash-everywhere';
import { type CrashWorld, phoneOf, type Student } from '../world';
import { passUntil } from './steps';

/** A campaign that the office has on its screen. */
interface Shown {
  campaignId: string;
  version: number;
}

const viewOf = ({ office }: CrashWorld, { campaignId: id }: Pick<Shown, 'campaignId'>) =>
  office.call('GET /api/console/campaigns/:id', { params: { id } });

async function shown(world: CrashWorld): Promise<Shown> {
  const campaignId = await layCampaign(world.ground);
  return { campaignId, version: (await viewOf(world, { campaignId })).version };
}

/** Who presses again after it was done is told that the page is old; reads it anew, and finds it as wished. */
async function unlessChanged(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'CHANGED_MEANWHILE') throw error;
  }
}

let drafts = 0;

interface Drafted {
  draft: CampaignDraft;
}

const create: UseCase<Drafted> = {
  name: 'a new campaign',
  async arrange({ ground: { merchantId } }) {
    drafts += 1;
    const name = `第 ${drafts} 次图像采集`;
    return { draft: { ...DEMO_CAMPAIGN, name, merchantId, announced: false, bookingOpensAt: null } };
  },
  scope: () => 'POST /api/console/campaigns',
  act: ({ office }, { draft }) => office.call('POST /api/console/campaigns', { body: draft }),
  async goOn(world, subject) {
    const named = async () =>
      (await world.office.call('GET /api/console/campaigns')).campaigns.filter(
        ({ name }) => name === subject.draft.name,
      );
    // The office looks at its list, and creates only what is not there.
    if ((await named()).length === 0) await create.act(world, subject);
    expect(await named()).toMatchObject([{ phase: 'draft' }]);
  },
};

interface Changing extends Shown {
  draft: CampaignDraft;
}

const change: UseCase<Changing> = {
  name: "a campaign's settings",
  async arrange(world) {
    const subject = await shown(world);
    const draft = draftOf(await viewOf(world, subject));
    return { ...subject, draft: { ...draft, rules: { ...draft.rules, holdMinutes: 20 } } };
  },
  scope: ({ campaignId }) => `PUT /api/console/campaigns/${campaignId}`,
  act: ({ office }, { campaignId: id, version, draft }) =>
    office.call('PUT /api/console/campaigns/:id', { params: { id }, body: { version, draft } }),
  async goOn(world, subject) {
    await unlessChanged(() => change.act(world, subject));
    expect((await viewOf(world, subject)).rules.holdMinutes).toBe(20);
    const campaigns = world.ground.db.collection<{ _id: string; effects: object[] }>('campaigns');
    await passUntil(
      world,
      'its students are matched again',
      async () => (await campaigns.findOne({ _id: subject.campaignId }))?.effects.length === 0,
    );
  },
};

const open: UseCase<Shown & { student: Student; sessionId: string }> = {
  name: 'booking is opened',
  async arrange(world) {
    const { ground, victim } = world;
    const campaignId = await layCampaign(ground);
    const sessionId = await laySession(ground, { campaignId, capacity: 2 });
    const [laid] = await layStudents(ground, { campaignId, sessionId }, 1);
    if (!laid) throw new Error('no student');
    await ground.db
      .collection<{ _id: string }>('campaigns')
      .updateOne({ _id: campaignId }, { $set: { openedAt: null, announced: false } });
    const { version } = await viewOf(world, { campaignId });
    return { campaignId, version, sessionId, student: { ...laid, api: phoneOf(victim.url, laid) } };
  },
  scope: ({ campaignId }) => `POST /api/console/campaigns/${campaignId}/open`,
  act: ({ office }, { campaignId: id, version }) =>
    office.call('POST /api/console/campaigns/:id/open', { params: { id }, body: { version } }),
  async goOn(world, subject) {
    await unlessChanged(() => open.act(world, subject));
    expect((await viewOf(world, subject)).phase).toBe('open');
    const { api } = subject.student;
    expect(await api.call('POST /api/me/bookings', { body: { sessionId: subject.sessionId } })).toMatchObject(
      { place: 'held' },
    );
  },
};

/** On the roster with a major that no session has. */
interface Unplaced extends Shown {
  sessionId: string;
  studentIds: string[];
}

async function unplaced(world: CrashWorld): Promise<Unplaced> {
  const { ground } = world;
  const campaignId = await layCampaign(ground);
  const sessionId = await laySession(ground, { campaignId, capacity: 3 });
  const studentIds = (await layStudents(ground, { campaignId, sessionId }, 2)).map(({ id }) => id);
  await ground.db
    .collection('students')
    .updateMany(
      { campaignId },
      { $set: { sessionId: null, major: '农艺学', unmatchedBecause: '时间安排表里没有这个专业' } },
    );
  const { version } = await viewOf(world, { campaignId });
  return { campaignId, version, sessionId, studentIds };
}

const waiting = async ({ office }: CrashWorld, { campaignId: id }: Unplaced) =>
  (await office.call('GET /api/console/campaigns/:id/unmatched', { params: { id } })).groups;

const place: UseCase<Unplaced> = {
  name: 'students without a session are placed',
  arrange: unplaced,
  scope: ({ campaignId }) => `POST /api/console/campaigns/${campaignId}/place-students`,
  act: ({ office }, { campaignId: id, studentIds, sessionId }) =>
    office.call('POST /api/console/campaigns/:id/place-students', {
      params: { id },
      body: { studentIds, sessionId },
    }),
  async goOn(world, subject) {
    expect(await place.act(world, subject)).toEqual({ placed: 2 });
    expect(await waiting(world, subject)).toEqual([]);
  },
};

const aliases: UseCase<Unplaced> = {
  name: 'another name for a major',
  arrange: unplaced,
  scope: ({ campaignId }) => `PUT /api/console/campaigns/${campaignId}/aliases`,
  act: ({ office }, { campaignId: id, version }) =>
    office.call('PUT /api/console/campaigns/:id/aliases', {
      params: { id },
      body: { version, aliases: [{ from: '农艺学', to: '农学' }] },
    }),
  async goOn(world, subject) {
    await unlessChanged(() => aliases.act(world, subject));
    await passUntil(
      world,
      'the students have their session',
      async () => (await waiting(world, subject)).length === 0,
    );
  },
};

const NOTICE = '采集时间：2022年11月19日。地点：逸夫楼C区202。';

const noticeText: UseCase<Shown> = {
  name: "the notice's text",
  arrange: shown,
  scope: ({ campaignId }) => `PUT /api/console/campaigns/${campaignId}/notice-text`,
  act: ({ office }, { campaignId: id, version }) =>
    office.call('PUT /api/console/campaigns/:id/notice-text', {
      params: { id },
      body: { version, text: NOTICE },
    }),
  async goOn(world, subject) {
    await unlessChanged(() => noticeText.act(world, subject));
    const params = { id: subject.campaignId };
    expect(await world.office.call('GET /api/console/campaigns/:id/notice-check', { params })).toMatchObject({
      text: NOTICE,
      version: subject.version + 1,
    });
  },
};

export const CAMPAIGN_CASES = [create, change, open, place, aliases, noticeText] as UseCase[];
