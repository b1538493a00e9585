import { ApiError, createApiClient } from '../../../../server/demo/api-client';
import { layCampaign } from '../../../../server/demo/ground';
import { demoRoster, demoRosterCsv } from '../../../../server/demo/roster';
import type { SpecimenPerson } from '../../../../server/demo/sandbox-client';
import { createStudentPhone, type StudentPhone } from '../../../../server/demo/student-phone';
import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import { passUntil } from './steps';

const ROSTER = 4;

interface Import {
  campaignId: string;
}

const emptyCampaign = async ({ ground }: CrashWorld): Promise<Import> => ({
  campaignId: await layCampaign(ground),
});

const rosterImport: UseCase<Import & { csv: string }> = {
  name: 'roster import',
  async arrange(world) {
    const people = await world.stack.sandbox.createPeople(ROSTER, 7);
    return { ...(await emptyCampaign(world)), csv: demoRosterCsv(demoRoster(people)) };
  },
  scope: ({ campaignId }) => `POST /api/console/campaigns/${campaignId}/roster`,
  act: ({ office }, { campaignId: id, csv }) =>
    office.call('POST /api/console/campaigns/:id/roster', { params: { id }, body: { csv } }),
  async goOn(world, subject) {
    await rosterImport.act(world, subject);
    const { counts } = await world.office.call('GET /api/console/campaigns/:id', {
      params: { id: subject.campaignId },
    });
    expect(counts.students).toBe(ROSTER);
  },
};

const TIMETABLE = ['专业\t人数\t时间\t备注\t地点', '农学\t30\t11月19日 8:30—9:00\t\tC区202'].join('\n');

const timetableImport: UseCase<Import> = {
  name: 'timetable import',
  arrange: emptyCampaign,
  scope: ({ campaignId }) => `POST /api/console/campaigns/${campaignId}/timetable`,
  act: ({ office }, { campaignId: id }) =>
    office.call('POST /api/console/campaigns/:id/timetable', { params: { id }, body: { text: TIMETABLE } }),
  async goOn(world, subject) {
    await timetableImport.act(world, subject);
    const { sessions } = await world.office.call('GET /api/console/campaigns/:id/sessions', {
      params: { id: subject.campaignId },
    });
    expect(sessions).toHaveLength(1);
  },
};

/** Somebody on the roster, with a phone that has not been used yet. */
export interface Newcomer {
  phone: StudentPhone;
  person: SpecimenPerson;
  campaignId: string;
}

let newcomers = 100;

export async function newcomer(world: CrashWorld): Promise<Newcomer> {
  newcomers += 1;
  const [person] = await world.stack.sandbox.createPeople(1, newcomers);
  if (!person) throw new Error('the sandbox has no more people');
  const { campaignId } = await emptyCampaign(world);
  await world.office.call('POST /api/console/campaigns/:id/roster', {
    params: { id: campaignId },
    body: { csv: demoRosterCsv(demoRoster([person])) },
  });
  const { sandbox } = world.stack;
  return {
    person,
    campaignId,
    phone: createStudentPhone({ baseUrl: world.victim.url, sandbox, person, campaignId }),
  };
}

export async function consented(world: CrashWorld): Promise<Newcomer> {
  const subject = await newcomer(world);
  await subject.phone.login();
  await subject.phone.consent();
  return subject;
}

/** Whatever is done already is not done again; the journey goes on to the page with the sessions. */
export async function reachBooking({ phone }: Newcomer): Promise<void> {
  const { identity } = await phone.home();
  if (identity?.status !== 'verified') await phone.verify();
  expect((await phone.findAndConfirm()).confirmedAt).not.toBeNull();
  expect((await phone.home()).card.kind).toBe('book');
}

const login: UseCase<Newcomer> = {
  name: 'first login',
  arrange: newcomer,
  scope: () => 'POST /api/login/wechat',
  act: (_, { phone }) => phone.login(),
  async goOn(_, subject) {
    await subject.phone.login();
    await subject.phone.consent();
    await reachBooking(subject);
  },
};

const consent: UseCase<Newcomer> = {
  name: 'consents',
  async arrange(world) {
    const subject = await newcomer(world);
    await subject.phone.login();
    return subject;
  },
  scope: () => 'POST /api/me/consents',
  act: (_, { phone }) => phone.consent(),
  async goOn(_, subject) {
    await subject.phone.consent();
    await reachBooking(subject);
  },
};

const idPhoto: UseCase<Newcomer> = {
  name: 'photo of the ID card',
  arrange: consented,
  scope: () => 'POST /api/me/id-photos',
  act: (_, { phone }) => phone.photographId(),
  async goOn(_, subject) {
    await subject.phone.photographId();
    await reachBooking(subject);
  },
};

const verification: UseCase<Newcomer> = {
  name: 'verification and claim',
  async arrange(world) {
    const subject = await consented(world);
    await subject.phone.photographId();
    return subject;
  },
  scope: () => 'POST /api/me/verification',
  act: (_, { phone }) => phone.verify(),
  async goOn(_, subject) {
    try {
      await subject.phone.verify();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'ALREADY_VERIFIED') throw error;
    }
    await reachBooking(subject);
  },
};

const confirmation: UseCase<Newcomer & { enrolmentId: string }> = {
  name: 'confirmation of the enrolment',
  async arrange(world) {
    const subject = await consented(world);
    await subject.phone.verify();
    const { enrolment } = await subject.phone.home();
    return { ...subject, enrolmentId: enrolment?.id ?? '' };
  },
  scope: ({ enrolmentId }) => `POST /api/me/enrolment/${enrolmentId}/confirm`,
  act: (_, { phone }) => phone.findAndConfirm(),
  goOn: (_, subject) => reachBooking(subject),
};

const erasure: UseCase<Newcomer> = {
  name: 'a student has everything erased',
  async arrange(world) {
    const subject = await consented(world);
    await subject.phone.photographId();
    await subject.phone.verify();
    await subject.phone.findAndConfirm();
    return subject;
  },
  scope: () => 'POST /api/me/erasure',
  act: (_, { phone }) => phone.api.call('POST /api/me/erasure'),
  async goOn(world, subject) {
    await erasure.act(world, subject);
    expect(await subject.phone.api.call('GET /api/me/data')).toMatchObject({
      identity: { status: 'none', name: null, documentMasked: null },
      photos: [],
      consents: [],
      enrolments: [],
    });
    // And may begin anew.
    await subject.phone.consent();
    await subject.phone.photographId();
    await reachBooking(subject);
  },
};

/** A secretary who is signed in, and gets another college. */
interface Secretary {
  id: string;
  version: number;
}

let secretaries = 0;

async function secretary({ office, victim }: CrashWorld): Promise<Secretary> {
  secretaries += 1;
  const login = `secretary-${secretaries}`;
  const { user, password } = await office.call('POST /api/console/users', {
    body: { login, name: '学院秘书', role: 'college', colleges: ['水利学院'] },
  });
  await createApiClient(victim.url).signIn(login, password);
  const { users } = await office.call('GET /api/console/users');
  return { id: user.id, version: users.find(({ id }) => id === user.id)?.version ?? 0 };
}

const anotherCollege: UseCase<Secretary> = {
  name: 'another college for a secretary',
  arrange: secretary,
  scope: ({ id }) => `PUT /api/console/users/${id}`,
  act: ({ office }, { id, version }) =>
    office.call('PUT /api/console/users/:id', {
      params: { id },
      body: { version, name: '学院秘书', role: 'college', colleges: ['茶学院'] },
    }),
  async goOn(world, subject) {
    try {
      await anotherCollege.act(world, subject);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'CHANGED_MEANWHILE') throw error;
    }
    const { users } = await world.office.call('GET /api/console/users');
    expect(users.find(({ id }) => id === subject.id)).toMatchObject({ colleges: ['茶学院'] });
    const sessions = world.ground.db.collection('sessions');
    await passUntil(
      world,
      'the sessions with the old college have ended',
      async () => (await sessions.countDocuments({ who: `user:${subject.id}` })) === 0,
    );
  },
};

export const OFFICE_CASES = [
  rosterImport,
  timetableImport,
  login,
  consent,
  idPhoto,
  verification,
  confirmation,
  erasure,
  anotherCollege,
] as UseCase[];
