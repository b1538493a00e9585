import { Text } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { Button, definePage, EmptyState, ProblemNotice, Screen, Skeleton } from '../../components';
import { copy } from '../../copy';
import { useHome } from '../../hooks/use-home';
import { useLive } from '../../hooks/use-live';
import { goHome } from '../../services/navigation';
import { ChangeBooking } from './change-booking';
import { OrderCard } from './order-card';
import './index.scss';

const EVERY_MS = 15_000;
/** While money is on its way. */
const SOON_MS = 3_000;

/** Where every fen of mine is, and what I may still change. */
function Orders() {
  const { home } = useHome();
  const [isMoving, setMoving] = useState(false);
  const { data, problem, refresh } = useLive('GET /api/me/orders', {}, isMoving ? SOON_MS : EVERY_MS);
  const isOnItsWay = data?.orders.some(({ refunds }) =>
    refunds.some(({ status }) => status === 'on_its_way'),
  );
  useEffect(() => setMoving(isOnItsWay === true), [isOnItsWay]);
  return (
    <Screen title={copy.orders.title}>
      <ProblemNotice problem={problem} />
      {!data && !problem ? <Skeleton shape={[220, 120]} /> : null}
      {data?.orders.length === 0 ? (
        <EmptyState icon="wallet" title={copy.orders.none}>
          <Text className="orders__none">{copy.orders.noneText}</Text>
          <Button kind="secondary" onTap={goHome}>
            {copy.actions.backHome}
          </Button>
        </EmptyState>
      ) : null}
      {home?.booking ? <ChangeBooking booking={home.booking} now={home.now} onChanged={refresh} /> : null}
      {data?.orders.map((order) => (
        <OrderCard key={order.orderNo} order={order} />
      ))}
    </Screen>
  );
}

export default definePage(Orders);
