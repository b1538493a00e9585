import type { MakeUpLine, PAPER_PHOTOS } from '../../../shared/contract/make-up';
import type { UserActor } from '../../http/actor';
import { namesOf } from '../accounts/names-of';
import type { Campaign } from '../campaigns/model';
import { standingsOf } from '../office/standings';
import { nameFor } from '../roster/name-for';
import type { ThinStudent } from '../roster/thin-students';
import { makeUpGuests } from './slots';

export type PaperPhoto = (typeof PAPER_PHOTOS)[number];

/** Everybody on the roster without a portrait once the collection is over, by student number; nobody before. */
export async function withoutPortrait({ _id, collectionClosedAt }: Campaign): Promise<ThinStudent[]> {
  if (!collectionClosedAt) return [];
  return (await standingsOf(_id))
    .filter(({ student, keys }) => student.removedAt === null && !keys.has('shot'))
    .map(({ student }) => student)
    .sort((a, b) => (a.studentNo < b.studentNo ? -1 : 1));
}

export const paperPhotoOf = ({ paperPhoto }: ThinStudent): PaperPhoto =>
  paperPhoto ? 'handed_in' : 'missing';

export async function presentLines(
  reader: UserActor,
  { _id: campaignId, schoolId }: Campaign,
  students: readonly ThinStudent[],
): Promise<MakeUpLine[]> {
  const [names, guests] = await Promise.all([
    namesOf(
      schoolId,
      students.flatMap(({ paperPhoto }) => (paperPhoto ? [paperPhoto.by] : [])),
    ),
    makeUpGuests(campaignId, undefined),
  ]);
  const bookedFor = new Map(guests.map(({ studentId, startsAt }) => [studentId, startsAt]));
  return students.map(({ _id, studentNo, name, college, className, paperPhoto, version }) => ({
    studentId: _id,
    studentNo,
    name: nameFor(reader, name),
    college,
    className,
    paperPhoto: paperPhoto
      ? { at: paperPhoto.at.toISOString(), by: names[paperPhoto.by] ?? paperPhoto.by }
      : null,
    bookedFor: bookedFor.get(_id) ?? null,
    version,
  }));
}
