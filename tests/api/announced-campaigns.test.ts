import { createApiClient } from '../../server/demo/api-client';
import { type Campaign, Campaigns } from '../../server/modules/campaigns/model';
import { Students } from '../../server/modules/roster/model';
import { campaignPhase } from '../../shared/domain/campaign-phase';
import { openPaymentWorld, type PaymentWorld } from '../support/payment-world';

jest.setTimeout(60_000);

let w: PaymentWorld;
let own: Campaign;

beforeAll(async () => {
  w = await openPaymentWorld();
  const found = await Campaigns.findById(w.campaignId).lean<Campaign>();
  if (!found) throw new Error('no campaign');
  own = found;
});
afterAll(() => w?.close());
afterEach(() => Campaigns.deleteMany({ _id: { $ne: w.campaignId } }));

const DRAFT = { announced: false, openedAt: null, bookingOpensAt: null, collectionClosedAt: null };

/** Of other schools, each newer than the one before it and than our own. */
const campaigns = (...facts: Partial<Campaign>[]): Campaign[] =>
  facts.map((fact, n) => ({
    ...own,
    ...DRAFT,
    ...fact,
    _id: `ff${String(n).padStart(22, '0')}`,
    schoolId: 'f'.repeat(24),
  }));

const listed = async () => {
  const list = await createApiClient(w.url).call('GET /api/campaigns');
  return list.campaigns.map(({ id }) => id);
};

it('no draft is seen, of whichever school, and no number of them hides what is announced', async () => {
  await Campaigns.insertMany(campaigns(...Array.from({ length: 230 }, () => ({}))));
  expect(await listed()).toEqual([w.campaignId]);
});

it('the newest comes first, and is what somebody sees who is not bound to any', async () => {
  const [older, newer] = campaigns({ announced: true }, { announced: true });
  if (!older || !newer) throw new Error('no campaigns');
  await Campaigns.insertMany([older, newer]);
  expect(await listed()).toEqual([newer._id, older._id, w.campaignId]);
  const { api, openid } = await w.payer(await w.session());
  const shown = async () => (await api.call('GET /api/me/home', { query: {} })).campaign?.id;
  expect(await shown()).toBe(w.campaignId);
  await Students.updateOne({ 'binding.accountId': openid.slice(1) }, { $set: { binding: null } });
  expect(await shown()).toBe(newer._id);
});

it('is seen in the list exactly when its phase is no draft', async () => {
  const [past, future] = [new Date(0), new Date('2100-01-01')];
  const dates = [null, past, future];
  const all = campaigns(
    ...[true, false].flatMap((announced) =>
      dates.flatMap((openedAt) =>
        dates.flatMap((bookingOpensAt) =>
          [null, past].map((collectionClosedAt) => ({
            announced,
            openedAt,
            bookingOpensAt,
            collectionClosedAt,
          })),
        ),
      ),
    ),
  );
  await Campaigns.insertMany(all);
  const now = w.world.clock.now();
  const seen = all.filter((campaign) => campaignPhase(campaign, now) !== 'draft').map(({ _id }) => _id);
  expect(seen).toHaveLength(all.length - 1);
  expect((await listed()).sort()).toEqual([w.campaignId, ...seen].sort());
});
