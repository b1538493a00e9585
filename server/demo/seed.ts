import { APPROVERS } from '../../shared/contract/authenticators';
import type { CampaignAdminView, CampaignDraft } from '../../shared/contract/campaigns';
import type { ConsoleRole, UserActor } from '../http/actor';
import { createUser } from '../modules/accounts/create-user';
import { offerAuthenticator, proveAuthenticator } from '../modules/accounts/enrol-authenticator';
import type { User } from '../modules/accounts/user-model';
import { createMerchant } from '../modules/campaigns/merchants';
import { createSchool } from '../modules/campaigns/save-campaign';
import type { World } from '../world';
import { type ApiClient, createApiClient } from './api-client';
import { DEMO_CAMPAIGN, DEMO_SCHOOL, noticeTableText } from './notice-2023';
import { type DemoStudent, demoRoster, demoRosterCsv } from './roster';
import type { SandboxClient, SpecimenPerson } from './sandbox-client';
import type { Stack } from './stack';
import { withWorld } from './with-world';

export const DEMO_PASSWORD = 'yulan-2022';
/** One of each kind that the tour needs: two in finance, because one alone cannot move money. */
export const DEMO_USERS: readonly DemoUser[] = [
  { login: 'office', name: '教务处李老师', role: 'office' },
  { login: 'office2', name: '教务处周老师', role: 'office' },
  { login: 'college', name: '水利学院秘书', role: 'college', colleges: ['水利学院'] },
  { login: 'support', name: '客服小杨', role: 'support' },
  { login: 'finance1', name: '财务处王会计', role: 'finance' },
  { login: 'finance2', name: '财务处赵主管', role: 'finance' },
  { login: 'auditor', name: '审计处陈老师', role: 'auditor' },
  { login: 'operator', name: '运维值班', role: 'operator' },
];

interface DemoUser {
  login: string;
  name: string;
  role: ConsoleRole;
  colleges?: string[];
}

/** What a school leaves in the account, so that a full refund does not fail for the fee that WeChat has kept. */
const FLOAT_FEN = 100_000;

/** The demo's named instants (Asia/Shanghai). */
export const DEMO_PHASES = [
  { key: 'before', label: '开放前', at: '2022-11-14T10:00:00+08:00' },
  { key: 'open', label: '预约开放', at: '2022-11-15T09:00:00+08:00' },
  { key: 'day', label: '采集日 09:05', at: '2022-11-19T09:05:00+08:00' },
  { key: 'closing', label: '收尾', at: '2022-11-19T17:00:00+08:00' },
  { key: 'next', label: '次日 10:00', at: '2022-11-20T10:05:00+08:00' },
  { key: 'later', label: '+40 天', at: '2022-12-29T10:00:00+08:00' },
] as const;

export interface DemoStudentPerson extends DemoStudent {
  person: SpecimenPerson;
}

export interface Demo {
  campaign: CampaignAdminView;
  merchantId: string;
  students: DemoStudentPerson[];
  office: ApiClient;
}

export const phase = (key: (typeof DEMO_PHASES)[number]['key']): Date => {
  const found = DEMO_PHASES.find((candidate) => candidate.key === key);
  if (!found) throw new Error(`no such phase: ${key}`);
  return new Date(found.at);
};

/**
 * Lays the demo campaign: school, merchant and users by the use cases that the command line has, everything else over
 * HTTP as the office does it — the pasted timetable, the roster, the opening by date.
 *
 * @param students how many of the notice's 5,334
 */
export async function seedDemo(
  stack: Stack,
  students: number,
  observe?: Parameters<typeof createApiClient>[1],
): Promise<Demo> {
  await stack.sandbox.setClock(phase('before'), true);
  await stack.sandbox.setPhases(DEMO_PHASES);
  const { merchantId } = await createOwners(stack);

  const office = createApiClient(firstApi(stack), observe);
  await office.signIn('office', DEMO_PASSWORD);
  const draft = { ...DEMO_CAMPAIGN, merchantId };
  const { id } = await office.call('POST /api/console/campaigns', { body: unscheduled(draft) });
  await office.call('POST /api/console/campaigns/:id/timetable', {
    params: { id },
    body: { text: noticeTableText() },
  });
  const roster = await importRoster(stack.sandbox, office, id, students);
  const campaign = await schedule(office, id, draft);
  return { campaign, merchantId, students: roster, office };
}

/** A date of opening is taken only once timetable and roster are there. */
export const unscheduled = (draft: CampaignDraft): CampaignDraft => ({ ...draft, bookingOpensAt: null });

/** The draft with its date of opening, now that the campaign has its tables. */
export async function schedule(
  office: ApiClient,
  id: string,
  draft: CampaignDraft,
): Promise<CampaignAdminView> {
  const { version } = await office.call('GET /api/console/campaigns/:id', { params: { id } });
  return office.call('PUT /api/console/campaigns/:id', { params: { id }, body: { version, draft } });
}

async function importRoster(
  sandbox: SandboxClient,
  office: ApiClient,
  campaignId: string,
  count: number,
): Promise<DemoStudentPerson[]> {
  const students = await createStudents(sandbox, count);
  await office.call('POST /api/console/campaigns/:id/roster', {
    params: { id: campaignId },
    body: { csv: demoRosterCsv(students) },
  });
  return students;
}

/** Specimen people, each with a place at the university. @param count how many of the notice's 5,334 */
export async function createStudents(sandbox: SandboxClient, count: number): Promise<DemoStudentPerson[]> {
  const people = await sandbox.createPeople(count, 2023);
  return demoRoster(people).map((student, index) => {
    const person = people[index];
    if (!person) throw new Error('more students than people');
    return { ...student, person };
  });
}

/** School, merchant and users, straight through the use cases: there is nobody yet who could sign in. */
export const createOwners = (stack: Stack): Promise<{ schoolId: string; merchantId: string }> =>
  withWorld(stack, async (world) => {
    const school = await createSchool(world, DEMO_SCHOOL.name);
    const [account] = (await stack.sandbox.credentials()).merchants;
    if (!account) throw new Error('the sandbox has no merchant');
    await stack.sandbox.setAvailable(account.mchid, FLOAT_FEN);
    const { platform } = account;
    const merchant = await createMerchant(world, 'system', {
      schoolId: school._id,
      mchid: account.mchid,
      name: `${DEMO_SCHOOL.name}采集费专户`,
      appid: account.appid,
      serialNo: account.serialNo,
      certificatePem: account.certificate,
      apiV3Key: account.apiV3Key,
      privateKeyPem: account.privateKey,
      verificationKeys: [
        { serial: platform.publicKeyId, pem: platform.publicKey },
        { serial: platform.certificateSerial, pem: platform.certificate },
      ],
    });
    for (const user of DEMO_USERS) {
      const facts = { schoolId: school._id, password: DEMO_PASSWORD, ...user };
      await giveAuthenticator(world, stack.sandbox, await createUser(world, 'system', facts));
    }
    return { schoolId: school._id, merchantId: merchant._id };
  });

/** Approvers of the demo have their phones ready: the sandbox shows what is on them. */
export async function giveAuthenticator(
  world: World,
  sandbox: Pick<SandboxClient, 'scanAuthenticator' | 'authenticator'>,
  { _id: userId, ...user }: User,
): Promise<void> {
  if (!APPROVERS.some((role) => role === user.role)) return;
  const actor: UserActor = { kind: 'user', userId, ...user };
  await sandbox.scanAuthenticator((await offerAuthenticator(world, actor)).uri);
  await proveAuthenticator(world, actor, (await sandbox.authenticator(user.login)).code);
}

export function firstApi(stack: Stack): string {
  const [api] = stack.apis;
  if (!api) throw new Error('the stack runs no API');
  return api.url;
}
