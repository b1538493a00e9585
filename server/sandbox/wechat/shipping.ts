import { z } from 'zod';
import type { Books } from '../books/books';
import { isPaid, type PaidOrder } from '../books/records';
import type { DemoClock } from '../clock/demo-clock';
import { jsonOf } from '../http/body';
import { WechatError } from './errors';

const request = z.object({
  order_key: z.object({
    order_number_type: z.union([z.literal(1), z.literal(2)]),
    transaction_id: z.string().optional(),
    mchid: z.string().optional(),
    out_trade_no: z.string().optional(),
  }),
  logistics_type: z.number().int(),
  delivery_mode: z.union([z.literal(1), z.literal(2)]),
  is_all_delivered: z.boolean().optional(),
  shipping_list: z.array(z.object({ item_desc: z.string().optional() })).min(1),
  upload_time: z.string(),
  payer: z.object({ openid: z.string() }),
});

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

/** `POST /wxa/sec/order/upload_shipping_info` for one paid order. */
export function uploadShipping(
  rawBody: Buffer,
  books: Books,
  clock: DemoClock,
): { errcode: 0; errmsg: 'ok' } {
  const parsed = request.safeParse(jsonOf(rawBody));
  if (!parsed.success) {
    throw new WechatError(10060014, `参数错误: ${parsed.error.issues[0]?.path.join('.')}`);
  }
  const info = parsed.data;
  const order = orderFor(info.order_key, books);
  if (order.payment.payerOpenid !== info.payer.openid) {
    throw new WechatError(10060031, '该笔支付单不属于 openid 所指定的用户');
  }
  if (![1, 2, 3, 4].includes(info.logistics_type)) throw new WechatError(10060005, '物流类型有误');
  if (info.logistics_type !== 1 && info.delivery_mode !== 1) {
    throw new WechatError(10060006, '非快递发货时不允许分拆发货');
  }
  const [item] = info.shipping_list;
  if (!item?.item_desc) throw new WechatError(10060008, '商品描述 item_desc 字段不能为空');
  if ([...item.item_desc].length > 120) throw new WechatError(10060009, '商品描述 item_desc 太长');
  if (!RFC3339.test(info.upload_time))
    throw new WechatError(268485216, '上传时间非法，请按照 RFC 3339 格式填写');
  if (order.refundedFen === order.payment.totalFen)
    throw new WechatError(10060004, '支付单处于不可发货的状态');
  if (order.shippedMs !== undefined) throw new WechatError(10060002, '支付单已完成发货，无法继续发货');
  books.keepOrder({ ...order, shippedMs: clock.nowMs() });
  return { errcode: 0, errmsg: 'ok' };
}

function orderFor(key: z.infer<typeof request>['order_key'], books: Books): PaidOrder {
  if (key.order_number_type === 2) {
    if (!key.transaction_id) throw new WechatError(268485195, '微信支付单号不能为空');
    return books.orderByTransactionId(key.transaction_id) ?? missing();
  }
  if (!key.mchid) throw new WechatError(268485196, '商户号不能为空');
  if (!key.out_trade_no) throw new WechatError(268485194, '商户系统内部订单号不能为空');
  const order = books.order(key.mchid, key.out_trade_no);
  return order && isPaid(order) ? order : missing();
}

function missing(): never {
  throw new WechatError(10060001, '支付单不存在');
}
