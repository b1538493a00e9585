import type { RepairPreview } from '../../../shared/contract/reconciliation';
import { REPAIRS } from '../../../shared/contract/reconciliation';
import { accountName } from '../../../shared/domain/account-names';
import { formatYuan } from '../../../shared/domain/money';
import type { LedgerLine } from '../../../shared/domain/order-state';
import { AppError } from '../../errors';
import type { World } from '../../world';
import { acceptedEntry, paymentEntry, reversalLines } from '../payments/ledger';
import type { FeeItem } from '../payments/model';
import { refundableFen } from '../payments/totals';
import type { DifferenceRecord, Repair } from './difference-model';
import { type Situation, situationOf } from './situation';

/**
 * What each repair would do about a difference as things are now, or why it cannot be done. WeChat is asked, nothing is
 * changed.
 *
 * @throws AppError UPSTREAM_UNAVAILABLE
 */
export async function planRepairs(world: World, difference: DifferenceRecord): Promise<RepairPreview[]> {
  const situation = await situationOf(world, difference);
  const feeItems = 'order' in situation ? situation.order.feeItems : [];
  return REPAIRS.map((repair) => preview(repair, plan(world, repair, situation), feeItems));
}

/** @throws AppError REPAIR_NOT_POSSIBLE, UPSTREAM_UNAVAILABLE */
export async function refuseUnlessPossible(
  world: World,
  difference: DifferenceRecord,
  repair: Repair,
): Promise<void> {
  const planned = plan(world, repair, await situationOf(world, difference));
  if (typeof planned === 'string') throw new AppError('REPAIR_NOT_POSSIBLE', { reason: planned });
}

/** In sentences, with what goes to the ledger; or in one sentence why not. */
type Plan = { steps: string[]; entries: LedgerLine[] } | string;

const preview = (repair: Repair, planned: Plan, feeItems: readonly FeeItem[]): RepairPreview =>
  typeof planned === 'string'
    ? { repair, refused: planned, steps: [], entries: [] }
    : {
        repair,
        refused: null,
        steps: planned.steps,
        entries: planned.entries.map((one) => ({ ...one, name: accountName(one.account, feeItems) })),
      };

function plan(world: World, repair: Repair, situation: Situation): Plan {
  if (situation.kind === 'waits') return '跨日的款项等相邻一天的账单，到后自动销账';
  switch (repair) {
    case 'record':
      return planRecord(world, situation);
    case 'refund':
      return planRefund(situation);
    case 'suspend':
      return planSuspense(situation);
    case 'reverse':
      return planReversal(situation);
  }
}

function planRecord(world: World, situation: Situation): Plan {
  switch (situation.kind) {
    case 'unheard': {
      const { order } = situation;
      return {
        steps: [
          `再向微信核实订单 ${order._id}，补记收款 ${formatYuan(order.totalFen)} 元`,
          '预约改为已付款；名额已经给了别人的，自动原路退款',
        ],
        entries: paymentEntry(world, order, '').lines,
      };
    }
    case 'aside': {
      const { order } = situation;
      if (order.quarantine?.currency !== 'CNY') return '收到的不是人民币，只能退回';
      return {
        steps: [
          `存疑的 ${formatYuan(refundableFen(order))} 元入账，算作这笔订单的付款`,
          '预约改为已付款；名额已经给了别人的，自动原路退款',
        ],
        entries: acceptedEntry(world, order, refundableFen(order)).lines,
      };
    }
    case 'refund':
      return { steps: [`向微信查询退款 ${situation.refundNo}，按查到的结果更新我方记录`], entries: [] };
    case 'nobodys': {
      const { paid, isOurs, isPaidAgain } = situation;
      if (!isOurs) return '微信的记录里没有写明是哪个预约，无从补单';
      return {
        steps: [
          `按微信记录补建订单 ${paid.outTradeNo}，记收款 ${formatYuan(paid.amount.total)} 元`,
          isPaidAgain
            ? '这个预约已经付过款，多付的这一笔随即原路退款'
            : '预约恢复为已付款；没有名额的，自动原路退款',
        ],
        entries: [],
      };
    }
    default:
      return '没有可以补记的单据';
  }
}

function planRefund(situation: Situation): Plan {
  switch (situation.kind) {
    case 'aside': {
      const fen = refundableFen(situation.order);
      return {
        steps: [`${formatYuan(fen)} 元原路退回付款人，3 个工作日内到账`, '这个预约的名额随之释放'],
        entries: [
          { account: 'suspense', fen },
          { account: 'refund_payable', fen: -fen },
        ],
      };
    }
    case 'nobodys': {
      const fen = situation.paid.amount.total;
      return {
        steps: [
          `先把微信的 ${formatYuan(fen)} 元记入账内`,
          `${formatYuan(fen)} 元原路退回付款人，3 个工作日内到账`,
        ],
        entries: [
          { account: 'channel', fen },
          { account: 'refund_payable', fen: -fen },
        ],
      };
    }
    case 'missing':
      return '微信没有收到这笔款，没有钱可退';
    default:
      return '这处差错没有可以退给付款人的钱';
  }
}

function planSuspense(situation: Situation): Plan {
  if (situation.kind !== 'nobodys') {
    return { steps: ['写明原因，登记为挂账；不改动任何订单，金额和原因留在这条差异里'], entries: [] };
  }
  const fen = situation.paid.amount.total;
  return {
    steps: [
      `微信的 ${formatYuan(fen)} 元记入账内，作为存疑款项挂起`,
      '之后在“待办”的存疑款项里，由两个人决定退还',
    ],
    entries: [
      { account: 'channel', fen },
      { account: 'suspense', fen: -fen },
    ],
  };
}

function planReversal(situation: Situation): Plan {
  if (situation.kind === 'there') return '微信现在查得到这笔付款，不能冲正；请等它出现在账单里';
  if (situation.kind !== 'missing') return '没有需要冲回的收款';
  const { order } = situation;
  return {
    steps: [
      `冲回收款 ${formatYuan(order.totalFen)} 元，订单改为已关闭`,
      '学生的名额保留，预约改为待缴；可以补付，也可以申请免缴',
    ],
    entries: reversalLines(order),
  };
}
