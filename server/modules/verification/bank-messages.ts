import type { FourFactorResult } from '../../platform/tencent-cloud/bank-card';

/** What each result means to a student, and what to do next. None of them is a dead end. */
export const BANK_MESSAGES: Readonly<Record<Exclude<FourFactorResult, 'pass'>, string>> = {
  mismatch: '姓名、证件号、银行卡号和手机号对不上。请逐项核对，手机号要填银行预留的那个。',
  holder_data_wrong: '持卡人信息有误。请核对姓名和证件号，或换一张本人的储蓄卡。',
  card_not_usable_online: '这张卡没有开通网上支付。请换一张本人的储蓄卡。',
  card_confiscated: '这张卡已被银行收回。请换一张本人的储蓄卡。',
  card_number_invalid: '银行卡号不对。请对照卡面再核对一遍。',
  no_such_issuer: '没有找到发卡银行。请换一张本人的储蓄卡。',
  card_dormant: '这张卡长期未用，已被银行停用。请换一张本人的储蓄卡。',
  card_blocked_for_fraud: '这张卡被银行限制使用。请换一张本人的储蓄卡。',
  card_reported_lost: '这张卡已挂失。请换一张本人的储蓄卡。',
  card_expired: '这张卡已过期。请换一张本人的储蓄卡。',
  card_restricted: '这张卡使用受限。请换一张本人的储蓄卡。',
  pin_tries_exceeded: '这张卡因多次输错已被锁定。请换一张本人的储蓄卡。',
  issuer_unsupported: '暂不支持这家银行。请换一张其他银行的储蓄卡。',
  card_abnormal: '这张卡状态异常。请换一张本人的储蓄卡，或联系发卡银行。',
  name_malformed: '姓名格式不对，请按身份证上的姓名填写。',
  id_number_malformed: '身份证号格式不对，请核对。',
  card_number_malformed: '银行卡号格式不对，请核对。',
  phone_malformed: '手机号格式不对，请核对。',
  busy: '核验通道繁忙，请过几分钟再试，这次不计次数。',
  daily_limit_reached: '这张卡今天核验次数已满。请明天再试，或换一张本人的储蓄卡。',
  document_unsupported: '这种证件不能用银行卡核验，请改用“其他证件”，由人工审核。',
  data_refused: '填写的内容有误，请逐项核对。',
  unavailable: '核验服务暂时没有回应，请过几分钟再试。',
  misconfigured: '核验服务暂不可用。请改用其他方式，或到现场办理。',
};
