import type { ApiClient } from '../../server/demo/api-client';
import { phoneOf } from '../../server/demo/booked-student';
import { DEMO_PASSWORD, type Demo, type DemoStudentPerson, phase } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { type CampaignAdminView, CampaignDraft } from '../../shared/contract/campaigns';

/** The draft behind a campaign as the console reads it. */
export const draftOf = (campaign: CampaignAdminView): CampaignDraft => CampaignDraft.strip().parse(campaign);

/** The office makes make-up bookable, an hour a slot unless told otherwise. */
export async function makeBookable(
  { office, campaign }: Pick<Demo, 'office' | 'campaign'>,
  { placesPerSlot, slotMinutes = 60 }: { placesPerSlot: number; slotMinutes?: number },
): Promise<void> {
  const before = await office.call('GET /api/console/campaigns/:id', { params: { id: campaign.id } });
  if (!before.makeUp) throw new Error('the campaign says nothing of a make-up');
  const makeUp = { ...before.makeUp, bookable: { placesPerSlot, slotMinutes } };
  await office.call('PUT /api/console/campaigns/:id', {
    params: { id: campaign.id },
    body: { version: before.version, draft: { ...draftOf(before), makeUp } },
  });
}

export async function closeCollection({
  office,
  campaign,
}: Pick<Demo, 'office' | 'campaign'>): Promise<void> {
  const { version } = await office.call('GET /api/console/campaigns/:id', { params: { id: campaign.id } });
  await office.call('POST /api/console/campaigns/:id/close-collection', {
    params: { id: campaign.id },
    body: { version },
  });
}

/** What may be chosen, as "2022-11-22 09:00" in Asia/Shanghai. */
export async function makeUpChoice(api: ApiClient, campaignId: string, when: string) {
  const { days } = await api.call('GET /api/me/make-up', { query: { campaignId } });
  const at = new Date(`${when.replace(' ', 'T')}:00+08:00`).toISOString();
  const choice = days.flatMap(({ choices }) => choices).find(({ startsAt }) => startsAt === at);
  if (!choice) throw new Error(`no make-up place at ${when}`);
  return choice;
}

/** The collection is over, and of those who have paid and did not come every one has found a make-up place. */
export async function layMakeUpScene(
  stack: Stack,
  demo: Demo,
  missed: readonly DemoStudentPerson[],
): Promise<void> {
  await makeBookable(demo, { placesPerSlot: 3 });
  await stack.sandbox.setClock(phase('next'));
  await demo.office.signIn('office', DEMO_PASSWORD);
  await closeCollection(demo);
  for (const [n, student] of missed.entries()) {
    const phone = phoneOf(stack, demo, student);
    await phone.login();
    const { booking } = await phone.home();
    if (booking?.place !== 'booked') continue;
    const { days } = await phone.api.call('GET /api/me/make-up', {
      query: { campaignId: demo.campaign.id },
    });
    const free = (days[1 + (n % 3)]?.choices ?? []).filter(({ closedBecause }) => closedBecause === null);
    const choice = free[(n * n) % 3] ?? free[0];
    if (!choice) continue;
    await phone.api.call('POST /api/me/bookings/:id/reschedule', {
      params: { id: booking.id },
      body: { sessionId: choice.id },
    });
  }
}
