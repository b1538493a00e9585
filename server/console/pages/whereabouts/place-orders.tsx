import { Drawer } from 'antd';
import type { MoneyPlaceView } from '../../../../shared/contract/money-proof';
import { NO_ITEM } from '../../../../shared/domain/finance-words';
import { usePages } from '../../api/use-pages';
import { Loaded } from '../../parts/loaded';
import { More } from '../../parts/more';
import { yuan } from '../../words/format';
import { PLACE_WORDS } from '../../words/places';
import { OrderTable } from '../reports/order-table';

const PAGE = 50;

/** The orders whose money is in a place, each with its ledger. */
export function PlaceOrders({ place: at, onClose }: { place: MoneyPlaceView; onClose: () => void }) {
  const { place, campaignId, code } = at;
  const pages = usePages('GET /api/console/money-proof/orders', (start) => ({
    query: { place, campaignId, code, limit: PAGE, ...start },
  }));
  return (
    <Drawer
      open
      size={1080}
      title={`${PLACE_WORDS[place].name} · ${at.item || NO_ITEM}：${yuan(at.fen)} 元`}
      onClose={onClose}
    >
      <p className="soft">核对之后钱可能又动过；这里是现在的情况。点订单号看它的每一条分录。</p>
      <Loaded query={pages} rows={8}>
        {(data) => (
          <>
            <OrderTable
              lines={data.pages.flatMap(({ lines }) => lines)}
              none="这里已经没有钱了"
              extra={[
                {
                  title: '其中在这里',
                  width: 110,
                  align: 'right',
                  render: (_, { fen }) => <strong>{yuan(fen)}</strong>,
                },
              ]}
            />
            <More of={pages} size={PAGE} />
          </>
        )}
      </Loaded>
    </Drawer>
  );
}
