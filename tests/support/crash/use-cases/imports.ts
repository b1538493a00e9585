import { layCampaign } from '../../../../server/demo/ground';
import { demoRoster, demoRosterCsv } from '../../../../server/demo/roster';
import { importer } from '../../importer';
import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import { passUntil } from './steps';

const ROSTER = 4;
const TIMETABLE = ['专业\t人数\t时间\t备注\t地点', '农学\t30\t11月19日 8:30—9:00\t\tC区202'].join('\n');

type Steps = ReturnType<typeof importer>;

/** A table that was previewed in a campaign of its own, and waits to be written. */
interface Previewed {
  campaignId: string;
  steps: Steps;
  opened: Awaited<ReturnType<Steps['paste']>>;
  preview: { fingerprint: string };
}

async function previewed(
  { office, ground }: CrashWorld,
  kind: 'roster' | 'timetable',
  text: string,
): Promise<Previewed> {
  const campaignId = await layCampaign(ground);
  const steps = importer(office, campaignId);
  const opened = await steps.paste(kind, text);
  return { campaignId, steps, opened, preview: await steps.preview(opened) };
}

const scope = ({ opened }: Previewed) => `POST /api/console/imports/${opened.import.id}/commit`;
const act = (_: CrashWorld, { steps, opened, preview }: Previewed) => steps.commit(opened, preview);

/** The user presses the button again; whatever was begun is carried through. */
async function commitAgain(world: CrashWorld, { steps, opened, preview }: Previewed): Promise<void> {
  const { id } = opened.import;
  await steps.commit(opened, preview);
  await passUntil(world, 'the table is written', async () => {
    const { state } = await world.office.call('GET /api/console/imports/:id', { params: { id } });
    return state === 'done';
  });
}

const roster: UseCase<Previewed> = {
  name: 'import of a roster, committed',
  async arrange(world) {
    const people = await world.stack.sandbox.createPeople(ROSTER, 7);
    return previewed(world, 'roster', demoRosterCsv(demoRoster(people)));
  },
  scope,
  act,
  async goOn(world, subject) {
    await commitAgain(world, subject);
    const { counts } = await world.office.call('GET /api/console/campaigns/:id', {
      params: { id: subject.campaignId },
    });
    expect(counts.students).toBe(ROSTER);
  },
};

const timetable: UseCase<Previewed> = {
  name: 'import of a timetable, committed',
  arrange: (world) => previewed(world, 'timetable', TIMETABLE),
  scope,
  act,
  async goOn(world, subject) {
    await commitAgain(world, subject);
    const { sessions } = await world.office.call('GET /api/console/campaigns/:id/sessions', {
      params: { id: subject.campaignId },
    });
    expect(sessions).toHaveLength(1);
  },
};

/** A roster on the office's screen, of which the service knows nothing yet. */
interface Unsent {
  campaignId: string;
  steps: Steps;
  csv: string;
}

async function unsent({ office, ground, stack }: CrashWorld): Promise<Unsent> {
  const campaignId = await layCampaign(ground);
  const people = await stack.sandbox.createPeople(ROSTER, 7);
  return { campaignId, steps: importer(office, campaignId), csv: demoRosterCsv(demoRoster(people)) };
}

/** From the table that was received to the students. */
async function carriedThrough(
  world: CrashWorld,
  { campaignId, steps }: Unsent,
  opened: Previewed['opened'],
): Promise<void> {
  await roster.goOn(world, { campaignId, steps, opened, preview: await steps.preview(opened) });
}

const pasted: UseCase<Unsent> = {
  name: 'import: a table pasted',
  arrange: unsent,
  scope: ({ campaignId }) => `POST /api/console/campaigns/${campaignId}/imports/pasted`,
  act: (_, { steps, csv }) => steps.paste('roster', csv),
  goOn: async (world, subject) =>
    carriedThrough(world, subject, await subject.steps.paste('roster', subject.csv)),
};

const uploaded: UseCase<Unsent> = {
  name: 'import: a file uploaded',
  arrange: unsent,
  scope: ({ campaignId }) => `POST /api/console/campaigns/${campaignId}/imports`,
  act: (_, { steps, csv }) => steps.upload('roster', csv, '名单.csv'),
  goOn: async (world, subject) =>
    carriedThrough(world, subject, await subject.steps.upload('roster', subject.csv, '名单.csv')),
};

const looked: UseCase<Unsent & { opened: Previewed['opened'] }> = {
  name: 'import: a dry run',
  async arrange(world) {
    const subject = await unsent(world);
    return { ...subject, opened: await subject.steps.paste('roster', subject.csv) };
  },
  scope: ({ opened }) => `POST /api/console/imports/${opened.import.id}/preview`,
  act: (_, { steps, opened }) => steps.preview(opened),
  goOn: (world, subject) => carriedThrough(world, subject, subject.opened),
};

export const IMPORT_CASES = [roster, timetable, pasted, uploaded, looked] as UseCase[];
