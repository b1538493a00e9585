import { type Demo, firstApi } from './seed';
import type { Stack } from './stack';
import { createStudentPhone, type StudentPhone } from './student-phone';

/** The demo's student of that index with a phone, signed in to WeChat and nothing more. */
export async function studentPhone(stack: Stack, demo: Demo, index: number): Promise<StudentPhone> {
  const student = demo.students[index];
  if (!student) throw new Error(`the demo has no student ${index}`);
  const phone = createStudentPhone({
    baseUrl: firstApi(stack),
    sandbox: stack.sandbox,
    person: student.person,
    campaignId: demo.campaign.id,
  });
  await phone.login();
  return phone;
}

/** Verified, confirmed, booked and paid: what most students are on the day. */
export async function bookedStudent(stack: Stack, demo: Demo, index: number) {
  const phone = await studentPhone(stack, demo, index);
  await phone.consent();
  await phone.verify();
  await phone.findAndConfirm();
  const { id } = await phone.pay((await phone.hold()).id);
  const { code, booking } = await phone.home();
  if (!code || !booking?.session) throw new Error(`student ${index} has no code`);
  return { phone, bookingId: id, code: code.fixed, session: booking.session };
}
