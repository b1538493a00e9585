/** Who reads, and whether they may decide about what somebody has asked. */
export interface Reader {
  name: string;
  mayDecide: boolean;
}

/** Whether it waits for the reader: nobody decides about what they asked themselves. */
export const waitsFor = (reader: Reader, askedBy: string): boolean =>
  reader.mayDecide && reader.name !== askedBy;

/** Whose approval is waited for, as the reader is told. */
export const awaitedApproval = (reader: Reader, askedBy: string): string =>
  waitsFor(reader, askedBy) ? '等您审批' : '等另一位财务同事审批';
