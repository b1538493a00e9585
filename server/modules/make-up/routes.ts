import { makeUpDays, makeUpNow } from '../../../shared/domain/make-up-hours';
import { makeUpStage } from '../../../shared/domain/make-up-slots';
import { shanghaiDay, shanghaiStamp } from '../../../shared/domain/time';
import { routes } from '../../http/route';
import type { Sheet } from '../../platform/tables/workbook';
import { writeXlsx } from '../../platform/tables/write-xlsx';
import type { World } from '../../world';
import { recordLook } from '../audit/record-look';
import { changeMakeUpSlots } from '../campaigns/change-make-up-slots';
import { findCampaign, findOwnCampaign } from '../campaigns/find-campaign';
import { forgetStandings } from '../office/standings';
import { findStudentFor } from '../office/student-file';
import { studentOf } from '../roster/find-student';
import { markPaperPhoto } from '../roster/mark-paper-photo';
import { nameFor } from '../roster/name-for';
import { workCalendarOf } from '../work-days/find-work-days';
import { type PaperPhoto, paperPhotoOf, presentLines, withoutPortrait } from './make-up-students';
import { makeUpChoices, makeUpGuests, makeUpSlotsOf, placeOf } from './slots';

/** A month is as far as anybody plans a way to the photographer. */
const DAYS_SHOWN = 28;

export const makeUpRoutes = (world: World) =>
  routes({
    'GET /api/campaigns/:id/make-up': async ({ params }) => {
      const { makeUp, schoolId } = await findCampaign(params.id);
      if (!makeUp) return { status: null };
      const now = world.clock.now();
      const calendar = await workCalendarOf(schoolId);
      const { isOpen, closesAt, opensAt } = makeUpNow(makeUp, calendar, now);
      return {
        status: {
          isOpen,
          closesAt: closesAt?.toISOString() ?? null,
          opensAt: opensAt?.toISOString() ?? null,
          days: makeUpDays(makeUp, calendar, shanghaiDay(now), DAYS_SHOWN),
        },
      };
    },

    'GET /api/me/make-up': async ({ actor, query }) => {
      const student = await studentOf(actor, query.campaignId);
      const campaign = await findCampaign(student.campaignId);
      return {
        stage: makeUpStage(campaign, world.clock.now()),
        days: await makeUpChoices(world, campaign, student),
      };
    },

    'GET /api/console/campaigns/:id/make-up-slots': async ({ actor, params }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      return {
        stage: makeUpStage(campaign, world.clock.now()),
        days: await makeUpSlotsOf(world, campaign),
      };
    },

    'POST /api/console/campaigns/:id/make-up-slots': async ({ actor, params, body }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      await changeMakeUpSlots(world, actor, { campaign, ...body });
      return undefined;
    },

    'GET /api/console/campaigns/:id/make-up-guests': async ({ actor, params, query }) => {
      const { _id } = await findOwnCampaign(actor, params.id);
      const { day, after, limit } = query;
      const all = await makeUpGuests(_id, day);
      const rest = all.filter((guest) => after === undefined || placeOf(guest) > after);
      const page = rest.slice(0, limit);
      const last = page.at(-1);
      const guests = page.map((guest) => ({ ...guest, name: nameFor(actor, guest.name) }));
      return { total: all.length, guests, next: rest.length > limit && last ? placeOf(last) : null };
    },

    'GET /api/console/campaigns/:id/make-up-students': async ({ actor, params, query }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const { show, after, limit } = query;
      const all = await withoutPortrait(campaign);
      const of = (wanted: PaperPhoto) => all.filter((student) => paperPhotoOf(student) === wanted);
      const rest = of(show).filter(({ studentNo }) => after === undefined || studentNo > after);
      const page = rest.slice(0, limit);
      return {
        isOver: campaign.collectionClosedAt !== null,
        counts: { missing: of('missing').length, handed_in: of('handed_in').length },
        lines: await presentLines(actor, campaign, page),
        next: rest.length > limit ? (page.at(-1)?.studentNo ?? null) : null,
      };
    },

    'GET /api/console/campaigns/:id/make-up-students/export': async ({ actor, params }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const lines = await presentLines(actor, campaign, await withoutPortrait(campaign));
      const facts = { list: 'make-up', rows: lines.length };
      await recordLook(world, actor, { verb: 'export', subject: `campaign:${campaign._id}`, facts });
      const now = shanghaiStamp(world.clock.now());
      const sheet: Sheet = {
        name: '补拍与纸质照片',
        title: [campaign.name, `${lines.length} 人没有拍摄，${actor.name} 导出于 ${now}`],
        columns: [
          { title: '学号', width: 16 },
          { title: '姓名' },
          { title: '学院', width: 22 },
          { title: '班级', width: 22 },
          { title: '纸质照片', width: 12 },
          { title: '交来时间', kind: 'instant', width: 20 },
          { title: '经手人' },
          { title: '已约补拍', kind: 'instant', width: 20 },
        ],
        rows: lines.map(({ studentNo, name, college, className, paperPhoto, bookedFor }) => [
          studentNo,
          name,
          college,
          className,
          paperPhoto ? '已交' : '未交',
          paperPhoto ? new Date(paperPhoto.at) : null,
          paperPhoto?.by ?? '',
          bookedFor ? new Date(bookedFor) : null,
        ]),
        frozenColumns: 2,
      };
      return { name: `补拍与纸质照片-${now.slice(0, 10)}.xlsx`, body: writeXlsx([sheet]) };
    },

    'POST /api/console/students/:id/paper-photo': async ({ actor, params, body }) => {
      const student = await findStudentFor(actor, params.id);
      await markPaperPhoto(world, actor, { student, ...body });
      forgetStandings(student.campaignId);
      return undefined;
    },
  });
