import { Card, Empty, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { MoneyPlaceView } from '../../../../shared/contract/money-proof';
import { NO_ITEM, NOBODYS } from '../../../../shared/domain/finance-words';
import { Pill } from '../../parts/pill';
import { count, percent, yuan } from '../../words/format';
import { PLACE_WORDS } from '../../words/places';
import { PlaceOrders } from './place-orders';

/** The internal proof: what came is the sum of where it is. */
export function Places({ places, receivedFen }: { places: readonly MoneyPlaceView[]; receivedFen: number }) {
  const [chosen, setChosen] = useState<MoneyPlaceView | null>(null);
  const inOrder = [...places].sort(byWeight);
  return (
    <Card title="收到的钱在哪里" styles={{ body: { padding: 0 } }}>
      <Table
        className="number"
        size="small"
        rowKey={keyOf}
        columns={columns(receivedFen)}
        dataSource={inOrder}
        pagination={{ pageSize: 30, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Empty description="还没有收到过钱" /> }}
        onRow={(place) => ({ onClick: () => setChosen(place), className: 'is-link' })}
        summary={() => (
          <Table.Summary.Row className="total-row">
            <Table.Summary.Cell index={0} colSpan={5}>
              合计 = 收到过的钱
            </Table.Summary.Cell>
            <Table.Summary.Cell index={5} align="right">
              {yuan(receivedFen)}
            </Table.Summary.Cell>
          </Table.Summary.Row>
        )}
      />
      {chosen && <PlaceOrders key={keyOf(chosen)} place={chosen} onClose={() => setChosen(null)} />}
    </Card>
  );
}

const keyOf = ({ campaignId, place, code }: MoneyPlaceView): string => `${campaignId} ${place} ${code}`;

/** As the list of places has them; within a place the largest first. */
const ORDER = Object.keys(PLACE_WORDS);
const byWeight = (a: MoneyPlaceView, b: MoneyPlaceView): number =>
  ORDER.indexOf(a.place) - ORDER.indexOf(b.place) || b.fen - a.fen;

const columns = (receivedFen: number): TableColumnsType<MoneyPlaceView> => [
  {
    title: '在哪里',
    width: 330,
    render: (_, { place }) => (
      <span className="row tight">
        <Pill tone={PLACE_WORDS[place].tone}>{PLACE_WORDS[place].name}</Pill>
        <span className="faint">{PLACE_WORDS[place].about}</span>
      </span>
    ),
  },
  { title: '收费项目', width: 170, render: (_, { item }) => item || NO_ITEM },
  { title: '采集批次', render: (_, { campaign }) => campaign || NOBODYS },
  { title: '订单', width: 80, align: 'right', render: (_, { orders }) => count(orders) },
  {
    title: '',
    width: 120,
    render: (_, { fen }) => (
      <span className="share" aria-hidden>
        <i style={{ inlineSize: `${percent(fen, receivedFen)}%` }} />
      </span>
    ),
  },
  {
    title: '金额（元）',
    width: 150,
    align: 'right',
    // The row is pressed with the mouse; the keyboard has the button.
    render: (_, place) => (
      <button
        type="button"
        className="link-button"
        aria-label={`${yuan(place.fen)} 元，${PLACE_WORDS[place.place].name} ${place.item || NO_ITEM} 的订单`}
      >
        {yuan(place.fen)}
      </button>
    ),
  },
];
