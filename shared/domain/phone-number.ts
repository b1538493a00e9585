import { compact } from './text';

export type PhoneCheck =
  | { ok: true; phone: string }
  | { ok: false; problem: 'empty' | 'not_a_mobile_number'; message: string };

/** A mainland mobile number; `+86`, spaces and dashes as phone books write them are taken off. */
export function checkPhone(text: string): PhoneCheck {
  const phone = compact(text)
    .replace(/-/g, '')
    .replace(/^(\+|00)86/, '');
  if (phone === '') return { ok: false, problem: 'empty', message: '请填写银行预留手机号' };
  if (!/^1[3-9]\d{9}$/.test(phone)) {
    return {
      ok: false,
      problem: 'not_a_mobile_number',
      message: '手机号应为 11 位数字、以 13–19 开头，请核对',
    };
  }
  return { ok: true, phone };
}

/** `138****1234` */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
