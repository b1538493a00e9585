import { type Student, Students } from './model';

/** Every student's college, by student id; those removed from the roster too. */
export async function collegesOf(campaignId: string): Promise<ReadonlyMap<string, string>> {
  const students = await Students.find({ campaignId }, { college: 1 }).lean<
    Pick<Student, '_id' | 'college'>[]
  >();
  return new Map(students.map(({ _id, college }) => [_id, college]));
}
