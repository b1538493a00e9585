import { Text, View } from '@tarojs/components';
import { formatYuan } from '../../../shared/domain/money';
import {
  Button,
  Card,
  CountdownRing,
  definePage,
  EmptyState,
  Notice,
  ProblemNotice,
  Screen,
  Skeleton,
} from '../../components';
import { copy } from '../../copy';
import { useHome } from '../../hooks/use-home';
import { useNow } from '../../hooks/use-now';
import type { Problem } from '../../hooks/use-task';
import { go, goHome } from '../../services/navigation';
import type { BookingView, CampaignView } from '../../services/types';
import { dayWords, placeWords, rangeWords, secondsUntil } from '../../services/words';
import { FeeLines } from './fee-lines';
import { GiveUp } from './give-up';
import { usePayment } from './use-payment';
import './index.scss';

/** Pays for the held place; can be left and resumed at any point. */
function Pay() {
  const { home, problem } = useHome();
  const booking = home?.booking ?? null;

  return (
    <Screen title={copy.pay.title}>
      {!home && problem ? <ProblemNotice problem={problem} /> : null}
      {!home && !problem ? <Skeleton shape={[148, 160, 120]} /> : null}
      {home && !booking ? <Nothing /> : null}
      {home && booking ? (
        <PayState
          booking={booking}
          campaign={home.campaign}
          isConfirming={home.card.kind === 'confirming_payment'}
        />
      ) : null}
    </Screen>
  );
}

interface PayStateProps {
  booking: BookingView;
  campaign: CampaignView | null;
  isConfirming: boolean;
}

function PayState({ booking, campaign, isConfirming }: PayStateProps) {
  const now = useNow();
  const payment = usePayment(booking);
  const owes = booking.payment === 'unpaid' || booking.payment === 'owed';
  if (booking.place === 'booked' && !owes) {
    return (
      <EmptyState icon="check" title={copy.pay.done.title}>
        <Text className="pay__words">{copy.pay.done.text}</Text>
        <Button id="see-code" onTap={goHome}>
          {copy.pay.done.home}
        </Button>
      </EmptyState>
    );
  }
  if (isConfirming || payment.isConfirming) return <Confirming problem={payment.problem} />;
  const left = booking.holdExpiresAt ? secondsUntil(booking.holdExpiresAt, now) : 0;
  if (booking.place !== 'booked' && (booking.place !== 'held' || left <= 0)) {
    const isReleased = booking.place !== 'held';
    return (
      <EmptyState icon="clock" title={copy.pay.expired.title}>
        <Text className="pay__words">{isReleased ? copy.pay.expired.text : copy.pay.expired.soon}</Text>
        {isReleased ? <Button onTap={go.sessions}>{copy.pay.expired.again}</Button> : null}
        <Button kind="plain" onTap={goHome}>
          {copy.actions.backHome}
        </Button>
      </EmptyState>
    );
  }
  return <PayForm booking={booking} campaign={campaign} payment={payment} secondsLeft={left} />;
}

interface PayFormProps {
  booking: BookingView;
  campaign: CampaignView | null;
  payment: ReturnType<typeof usePayment>;
  secondsLeft: number;
}

function PayForm({ booking, campaign, payment, secondsLeft }: PayFormProps) {
  const { session } = booking;
  return (
    <>
      <Card className="pay__ring">
        {booking.place === 'held' ? (
          <CountdownRing
            secondsLeft={secondsLeft}
            secondsInAll={(campaign?.rules.holdMinutes ?? 15) * 60}
            label={copy.pay.ringLabel}
          />
        ) : null}
        {session ? (
          <View className="pay__session">
            <Text className="pay__place">{placeWords(session)}</Text>
            <Text className="pay__time num">
              {dayWords(session.day)} {rangeWords(session.startsAt, session.endsAt)}
            </Text>
          </View>
        ) : null}
      </Card>
      <Card className="pay__fees">
        <FeeLines feeItems={booking.feeItems} amountFen={booking.amountFen} />
        {campaign ? <Text className="pay__basis">{copy.pay.basis(campaign.feeBasis)}</Text> : null}
      </Card>
      {payment.message ? (
        <Notice tone="warn">
          <Text>{payment.message}</Text>
        </Notice>
      ) : null}
      <ProblemNotice problem={payment.problem} />
      <Button id="pay" busy={payment.busy} onTap={payment.pay}>
        {copy.pay.go(formatYuan(booking.amountFen))}
      </Button>
      <Text className="pay__basis pay__basis--centre">{copy.pay.paid}</Text>
      {booking.place === 'held' ? <GiveUp booking={booking} /> : null}
    </>
  );
}

/** Paid, and not yet known for certain: no button to pay a second time. */
function Confirming({ problem }: { problem: Problem | null }) {
  return (
    <EmptyState icon="clock" title={copy.pay.confirming.title}>
      <Text className="pay__words">{copy.pay.confirming.text}</Text>
      <ProblemNotice problem={problem} />
      <Button kind="secondary" onTap={goHome}>
        {copy.actions.backHome}
      </Button>
    </EmptyState>
  );
}

function Nothing() {
  return (
    <EmptyState icon="wallet" title={copy.pay.nothing.title}>
      <Text className="pay__words">{copy.pay.nothing.text}</Text>
      <Button onTap={go.sessions}>{copy.pay.expired.again}</Button>
    </EmptyState>
  );
}

export default definePage(Pay);
