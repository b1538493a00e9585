import { Text, View } from '@tarojs/components';
import { formatYuan } from '../../../shared/domain/money';
import { Card, Icon } from '../../components';
import { copy } from '../../copy';
import type { OrderView, RefundView } from '../../services/types';
import { momentWords, shortDay } from '../../services/words';
import './order-card.scss';

interface Moment {
  key: string;
  state: 'done' | 'now' | 'attention';
  title: string;
  note: string;
}

/** One order as a time line: made, paid, and each refund with its promised day. */
export function OrderCard({ order }: { order: OrderView }) {
  return (
    <Card className="order">
      <View className="order__head">
        <Text className={`order__status order__status--${order.status}`}>{statusWords(order)}</Text>
        <Text className="order__amount num">¥{formatYuan(order.amountFen)}</Text>
      </View>
      <View className="order__line">
        {momentsOf(order).map(({ key, state, title, note }) => (
          <View key={key} className={`moment moment--${state}`}>
            <View className="moment__dot">
              {state === 'done' ? <Icon name="check" size={12} /> : null}
              {state === 'attention' ? <Text>!</Text> : null}
            </View>
            <View className="moment__words">
              <Text className="moment__title">{title}</Text>
              <Text className="moment__note num">{note}</Text>
            </View>
          </View>
        ))}
      </View>
      <View className="order__items">
        {order.feeItems.map(({ code, name, amountFen }) => (
          <Text key={code} className="order__item num">
            {name} {formatYuan(amountFen)}
          </Text>
        ))}
        <Text className="order__item num">
          {copy.orders.number} {order.orderNo}
        </Text>
      </View>
    </Card>
  );
}

/** Money that goes back is what the person wants to know first. */
function statusWords({ status, amountFen, refunds }: OrderView): string {
  if (refunds.length === 0) return copy.orders.status[status];
  const back = refunds.filter((refund) => refund.status === 'arrived');
  if (back.length < refunds.length) return copy.orders.refunding;
  const backFen = back.reduce((sum, refund) => sum + refund.amountFen, 0);
  return backFen < amountFen ? copy.orders.partlyRefunded : copy.orders.refunded;
}

function momentsOf(order: OrderView): Moment[] {
  const { status, createdAt, paidAt, refunds } = order;
  const words = copy.orders;
  const moments: Moment[] = [
    { key: 'created', state: 'done', title: words.created, note: momentWords(createdAt) },
  ];
  if (paidAt) moments.push({ key: 'paid', state: 'done', title: words.paidAt, note: momentWords(paidAt) });
  else if (status === 'in_review' || status === 'closed') {
    const state = status === 'closed' ? 'done' : 'attention';
    moments.push({ key: status, state, title: words.status[status], note: words.statusText[status] });
  } else moments.push({ key: status, state: 'now', title: words.status[status], note: '' });
  return [...moments, ...refunds.flatMap(refundMoments)];
}

function refundMoments(refund: RefundView): Moment[] {
  const words = copy.orders.refund;
  const amount = `¥${formatYuan(refund.amountFen)}`;
  const asked: Moment = {
    key: `${refund.refundNo}-asked`,
    state: 'done',
    title: `${words.requested} ${amount}`,
    note: `${momentWords(refund.requestedAt)} · ${refund.reason}`,
  };
  const key = refund.refundNo;
  if (refund.status === 'arrived') {
    const note = refund.arrivedAt ? momentWords(refund.arrivedAt) : words.route;
    return [asked, { key, state: 'done', title: words.arrived, note }];
  }
  if (refund.status === 'needs_attention') {
    return [asked, { key, state: 'attention', title: words.needs_attention, note: words.route }];
  }
  return [asked, { key, state: 'now', title: words.on_its_way(shortDay(refund.dueDay)), note: words.route }];
}
