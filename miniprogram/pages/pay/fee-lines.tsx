import { Text } from '@tarojs/components';
import { formatYuan } from '../../../shared/domain/money';
import { Row } from '../../components';
import { copy } from '../../copy';
import type { BookingView } from '../../services/types';
import './fee-lines.scss';

/** What is paid for, and what it comes to. */
export function FeeLines({ feeItems, amountFen }: Pick<BookingView, 'feeItems' | 'amountFen'>) {
  return (
    <>
      {feeItems.map(({ code, name, amountFen: itemFen }) => (
        <Row
          key={code}
          label={name}
          value={<Text className="num">{copy.pay.pricePerItem(formatYuan(itemFen))}</Text>}
        />
      ))}
      <Row
        label={copy.pay.total}
        value={<Text className="fee-lines__total num">¥{formatYuan(amountFen)}</Text>}
      />
    </>
  );
}
