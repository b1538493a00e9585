import type { LocalMovement, LocalPayment, LocalRefund } from '../payments/money-of-day';
import type { Codec } from './buckets';
import type { FlowRow } from './fund-flow-bill';
import type { TradeRow } from './trade-bill';

type PackedTrade = [
  kind: TradeRow['kind'],
  orderNo: string,
  refundNo: string | null,
  wechatNo: string,
  at: number,
  fen: number,
  settledFen: number,
  feeFen: number,
  rate: string,
  status: string,
  bookingId: string | null,
];

export const tradeCodec: Codec<TradeRow, PackedTrade> = {
  pack: ({ kind, orderNo, refundNo, wechatNo, at, fen, settledFen, feeFen, rate, status, bookingId }) => [
    kind,
    orderNo,
    refundNo,
    wechatNo,
    at.getTime(),
    fen,
    settledFen,
    feeFen,
    rate,
    status,
    bookingId,
  ],
  unpack: ([kind, orderNo, refundNo, wechatNo, at, fen, settledFen, feeFen, rate, status, bookingId]) => ({
    kind,
    orderNo,
    refundNo,
    wechatNo,
    at: new Date(at),
    fen,
    settledFen,
    feeFen,
    rate,
    status,
    bookingId,
  }),
};

type PackedFlow = [flowNo: string, wechatNo: string, type: string | number, fen: number, at: number];

/** Nearly every movement is of one of these: its place stands for it. Only ever added to, at the end. */
const FLOW_TYPES = ['交易', '扣除交易手续费', '退款', '退还交易手续费', '退款关闭'];

const packType = (type: string) => {
  const place = FLOW_TYPES.indexOf(type);
  return place < 0 ? type : place;
};

export const flowCodec: Codec<FlowRow, PackedFlow> = {
  pack: ({ flowNo, wechatNo, type, fen, at }) => [flowNo, wechatNo, packType(type), fen, at.getTime()],
  unpack: ([flowNo, wechatNo, type, fen, at]) => ({
    flowNo,
    wechatNo,
    type: typeof type === 'string' ? type : (FLOW_TYPES[type] ?? ''),
    fen,
    at: new Date(at),
  }),
};

type PackedMovement = [
  orderNo: string,
  wechatNo: string | null,
  fen: number,
  at: number | null,
  more:
    | [kind: 'payment', state: LocalPayment['state'], quarantine: LocalPayment['quarantine']]
    | [kind: 'refund', state: LocalRefund['state'], refundNo: string, succeededAt: number | null],
];

const millis = (at: Date | null) => at?.getTime() ?? null;
const instant = (at: number | null) => (at === null ? null : new Date(at));

export const movementCodec: Codec<LocalMovement, PackedMovement> = {
  pack: (movement) => [
    movement.orderNo,
    movement.wechatNo,
    movement.fen,
    millis(movement.at),
    movement.kind === 'payment'
      ? ['payment', movement.state, movement.quarantine]
      : ['refund', movement.state, movement.refundNo, millis(movement.succeededAt)],
  ],
  unpack: ([orderNo, wechatNo, fen, at, more]) => {
    const common = { orderNo, wechatNo, fen, at: instant(at) };
    if (more[0] === 'payment')
      return { ...common, kind: 'payment', refundNo: null, state: more[1], quarantine: more[2] };
    return { ...common, kind: 'refund', state: more[1], refundNo: more[2], succeededAt: instant(more[3]) };
  },
};
