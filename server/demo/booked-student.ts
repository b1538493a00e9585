import { type Demo, type DemoStudentPerson, firstApi } from './seed';
import type { Stack } from './stack';
import { createStudentPhone, type StudentPhone } from './student-phone';

/** The phone of a student of the demo, on which nothing has been done. */
export const phoneOf = (
  stack: Stack,
  { campaign }: Pick<Demo, 'campaign'>,
  { person }: Pick<DemoStudentPerson, 'person'>,
): StudentPhone =>
  createStudentPhone({
    baseUrl: firstApi(stack),
    sandbox: stack.sandbox,
    person,
    campaignId: campaign.id,
  });

/** The demo's student of that index with a phone, signed in to WeChat and nothing more. */
export async function studentPhone(stack: Stack, demo: Demo, index: number): Promise<StudentPhone> {
  const student = demo.students[index];
  if (!student) throw new Error(`the demo has no student ${index}`);
  const phone = phoneOf(stack, demo, student);
  await phone.login();
  return phone;
}

/** Verified and confirmed: what remains is to book. */
export async function confirmedStudent(stack: Stack, demo: Demo, index: number): Promise<StudentPhone> {
  const phone = await studentPhone(stack, demo, index);
  await phone.consent();
  await phone.verify();
  await phone.findAndConfirm();
  return phone;
}

/** Verified, confirmed, booked and paid: what most students are on the day. */
export async function bookedStudent(stack: Stack, demo: Demo, index: number) {
  const phone = await confirmedStudent(stack, demo, index);
  const { id } = await phone.pay((await phone.hold()).id);
  const { code, booking } = await phone.home();
  if (!code || !booking?.session) throw new Error(`student ${index} has no code`);
  return { phone, bookingId: id, code: code.fixed, session: booking.session };
}
