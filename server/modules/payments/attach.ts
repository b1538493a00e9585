/** Whose money an order is. */
export interface Attached {
  bookingId: string;
  studentId: string;
}

/**
 * Goes to WeChat with the order and comes back with every query and bill (`attach`, 商户数据包, ≤ 128 characters): should the
 * records here be lost, it says whose money it was. Our own ids, nothing personal.
 */
export const attachOf = ({ bookingId, studentId }: Attached): string => `${bookingId}.${studentId}`;

/** @returns null when it is none of ours */
export function readAttach(text: string | undefined): Attached | null {
  const [, bookingId, studentId] = /^([0-9a-f]{24})\.([0-9a-f]{24})$/.exec(text ?? '') ?? [];
  return bookingId && studentId ? { bookingId, studentId } : null;
}
