import { bookingsOfStudent } from '../bookings/thin-bookings';
import { campaignsOfSchool } from '../campaigns/announced';
import { ordersOfBookings } from '../payments/find-order';
import { studentsByNumber } from '../roster/find-student';

/** The records of everybody who has this student number, over all campaigns of the school: the person, bookings, orders. */
export async function subjectsOfStudent(schoolId: string, studentNo: string): Promise<string[]> {
  const campaigns = await campaignsOfSchool(schoolId);
  const students = await studentsByNumber(
    campaigns.map(({ _id }) => _id),
    studentNo,
  );
  const bookings = (await Promise.all(students.map(({ _id }) => bookingsOfStudent(_id)))).flat();
  const orders = await ordersOfBookings(bookings.map(({ _id }) => _id));
  return [
    ...students.map(({ _id }) => `student:${_id}`),
    ...bookings.map(({ _id }) => `booking:${_id}`),
    ...orders.map(({ _id }) => `order:${_id}`),
  ];
}
