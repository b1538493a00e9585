/**
 * A booking has three separate states, because a walk-in may be photographed and still owe money, and a student
 * may have arrived and never be photographed.
 */
export const PLACES = ['held', 'booked', 'released', 'cancelled', 'no_show'] as const;
/** held: unpaid, until the hold ends · booked · released: hold ended · cancelled · no_show: refunded after the close */
export type Place = (typeof PLACES)[number];

export const PAYMENTS = ['unpaid', 'paid', 'waived', 'owed'] as const;
/** owed: 待缴, a walk-in who pays later · waived: nothing to pay, or approved */
export type Payment = (typeof PAYMENTS)[number];

export const ATTENDANCES = ['expected', 'arrived', 'shot'] as const;
export type Attendance = (typeof ATTENDANCES)[number];
