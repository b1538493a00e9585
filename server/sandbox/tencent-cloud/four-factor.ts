import { z } from 'zod';
import type { DemoClock } from '../clock/demo-clock';
import { jsonOf } from '../http/body';
import type { People } from '../people/people';
import { passesLuhn, withIdChecksum } from '../people/specimen';
import type { Store } from '../store';
import { TencentError } from './errors';

const request = z.object({
  Name: z.string(),
  BankCard: z.string(),
  Phone: z.string(),
  IdCard: z.string(),
  CertType: z.number().int().optional(),
});
type FourFactors = z.infer<typeof request>;

const DESCRIPTIONS: Record<string, string> = {
  '0': '认证通过',
  '-1': '认证未通过',
  '-2': '姓名校验不通过',
  '-3': '身份证号码有误',
  '-4': '银行卡号码有误',
  '-5': '手机号码不合法',
  '-6': '持卡人信息有误',
  '-7': '未开通无卡支付',
  '-8': '此卡被没收',
  '-9': '无效卡号',
  '-10': '此卡无对应发卡行',
  '-11': '该卡未初始化或睡眠卡',
  '-12': '作弊卡、吞卡',
  '-13': '此卡已挂失',
  '-14': '该卡已过期',
  '-15': '受限制的卡',
  '-16': '密码错误次数超限',
  '-17': '发卡行不支持此交易',
  '-18': '服务繁忙，请稍后再试',
  '-19': '验证次数超限，请次日重试',
  '-20': '仅支持大陆二代身份证',
  '-21': '卡状态异常',
};

const DAY_MS = 86_400_000;
const CHECKS_A_DAY = 4;
const WRONG_IN_A_ROW = 3;

interface CardHistory {
  /** Checks that reached the card network, ms. */
  checks: number[];
  wrongInARow: number;
  lastMs: number;
}

export interface FourFactorCheck {
  /** `BankCard4EVerification` */
  verify(rawBody: Buffer, planted?: string): { Result: string; Description: string };
}

/** Compares name, document number, phone and card with the specimen people. */
export function openFourFactorCheck(store: Store, people: People, clock: DemoClock): FourFactorCheck {
  const histories = store.table<CardHistory>('card-history');

  const historyOf = (card: string): CardHistory => {
    const nowMs = clock.nowMs();
    const kept = histories.get(card);
    if (!kept || nowMs - kept.lastMs >= DAY_MS) return { checks: [], wrongInARow: 0, lastMs: nowMs };
    return { ...kept, checks: kept.checks.filter((at) => nowMs - at < DAY_MS) };
  };

  const compare = (factors: FourFactors): string => {
    const holder = people.byBankCard(factors.BankCard);
    if (!holder) return '-9';
    if (holder.cardResult !== undefined) return holder.cardResult;
    if (holder.name !== factors.Name || holder.idNumber !== factors.IdCard.toUpperCase()) return '-6';
    return holder.phone === factors.Phone ? '0' : '-1';
  };

  const atTheNetwork = (factors: FourFactors): string => {
    const history = historyOf(factors.BankCard);
    if (history.wrongInARow >= WRONG_IN_A_ROW) return '-16';
    if (history.checks.length >= CHECKS_A_DAY) return '-19';
    const result = compare(factors);
    const nowMs = clock.nowMs();
    const wrongInARow = result === '0' ? 0 : history.wrongInARow + 1;
    store.write(() =>
      histories.put(factors.BankCard, {
        checks: [...history.checks, nowMs],
        wrongInARow,
        lastMs: nowMs,
      }),
    );
    return result;
  };

  return {
    verify(rawBody, planted) {
      const parsed = request.safeParse(jsonOf(rawBody));
      if (!parsed.success) {
        throw new TencentError('MissingParameter', `${parsed.error.issues[0]?.path.join('.')}`);
      }
      if ((parsed.data.CertType ?? 0) !== 0) {
        throw new TencentError('InvalidParameterValue', 'CertType只支持0（身份证）');
      }
      const Result = planted ?? malformed(parsed.data) ?? atTheNetwork(parsed.data);
      return { Result, Description: DESCRIPTIONS[Result] ?? '认证未通过' };
    },
  };
}

/** Unbilled results for factors that cannot be right; they never reach the card network. */
function malformed({ Name, IdCard, BankCard, Phone }: FourFactors): string | undefined {
  if (!/^\p{Script=Han}[\p{Script=Han}·•]{1,29}$/u.test(Name)) return '-2';
  const idCard = IdCard.toUpperCase();
  if (/^8[123]0000/.test(idCard)) return '-20';
  if (!/^\d{17}[\dX]$/.test(idCard) || withIdChecksum(idCard.slice(0, 17)) !== idCard) return '-3';
  if (!/^\d{16,19}$/.test(BankCard) || !passesLuhn(BankCard)) return '-4';
  if (!/^1[3-9]\d{9}$/.test(Phone)) return '-5';
  return undefined;
}
