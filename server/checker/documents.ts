/** What the checker reads of the database, in its own words: it shares no type with the service. */
export interface BookingDocument {
  _id: string;
  campaignId: string;
  studentId: string;
  sessionId: string | null;
  seatNo?: number;
  active: boolean;
  place: string;
  payment: string;
  attendance: string;
  holdExpiresAt: Date | null;
  orderNos: string[];
  paidOrderNo: string | null;
  amountFen: number;
  shotKeys: string[];
  effects: { kind: string }[];
}

export interface SessionDocument {
  _id: string;
  campaignId: string;
  timetable: string;
  capacity: number;
}

export interface CampaignDocument {
  _id: string;
  timetable: string | null;
}

export interface RefundPart {
  refundNo: string;
  refundId: string | null;
  state: string;
  amountFen: number;
}

export interface OrderDocument {
  _id: string;
  campaignId: string;
  bookingId: string;
  mchid: string;
  state: string;
  totalFen: number;
  transactionId?: string;
  quarantine: { receivedFen: number } | null;
  refunds: RefundPart[];
  ledger: { kind: string; lines: { account: string; fen: number }[] }[];
  effects: { kind: string }[];
}

/** What it reads of the sandbox's books. */
export interface Books {
  orders: {
    mchid: string;
    outTradeNo: string;
    payment?: { transactionId: string; totalFen: number; feeFen: number };
  }[];
  refunds: {
    mchid: string;
    outRefundNo: string;
    refundId: string;
    refundFen: number;
    feeFen: number;
    status: string;
  }[];
  fundFlow: { mchid: string; type: string; direction: '收入' | '支出'; amountFen: number }[];
}
