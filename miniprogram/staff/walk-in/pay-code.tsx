import { Image, Text, View } from '@tarojs/components';
import { useEffect, useRef } from 'react';
import { formatYuan } from '../../../shared/domain/money';
import { a11y, Button, Card, ProblemNotice, QrCode, Skeleton } from '../../components';
import { useLive } from '../../hooks/use-live';
import type { Answer } from '../../services/api';
import { platform } from '../../services/platform';
import { staffCopy } from '../copy';
import './pay-code.scss';

const words = staffCopy.payCode;
const PAID_EVERY_MS = 2_000;
const CODE_EVERY_MS = 600_000;
const SIDE_PX = 240;

interface PayCodeProps {
  bookingId: string;
  busy: boolean;
  onPaid(): void;
  onOwe(): void;
  onLater(): void;
}

/** Shown to the student until somebody has paid; then the desk goes on by itself. */
export function PayCode({ bookingId, busy, onPaid, onOwe, onLater }: PayCodeProps) {
  const params = { params: { id: bookingId } };
  const code = useLive('GET /api/onsite/bookings/:id/pay-code', params, CODE_EVERY_MS);
  const booking = useLive('GET /api/onsite/bookings/:id', params, PAID_EVERY_MS);
  const isPaid = booking.data?.payment === 'paid';
  const told = useRef(false);

  useEffect(() => {
    if (!isPaid || told.current) return;
    told.current = true;
    onPaid();
  }, [isPaid, onPaid]);

  return (
    <Card className="pay-code">
      <Text className="heading__title">{words.title}</Text>
      {code.data ? <Picture code={code.data} /> : <Skeleton shape={[SIDE_PX]} />}
      <Text className="pay-code__lead">{words.lead}</Text>
      <Text id="waiting-for-payment" className="pay-code__waiting" {...a11y('status')}>
        {words.waiting}
      </Text>
      <ProblemNotice problem={code.problem ?? booking.problem} />
      <Button id="owe" kind="secondary" busy={busy} onTap={onOwe}>
        {words.owe}
      </Button>
      <Button id="later" kind="plain" onTap={onLater}>
        {words.later}
      </Button>
    </Card>
  );
}

/** In WeChat its own round code; in a browser an address that any phone's camera opens. */
function Picture({ code }: { code: Answer<'GET /api/onsite/bookings/:id/pay-code'> }) {
  const address = platform.addressOf(code.page, code.ticket);
  return (
    <>
      <Text className="pay-code__amount num">¥{formatYuan(code.amountFen)}</Text>
      {address ? (
        <View data-address={address}>
          <QrCode text={address} size={SIDE_PX} label={words.label} />
        </View>
      ) : (
        <Image className="pay-code__picture" src={code.image} {...a11y('img', { label: words.label })} />
      )}
    </>
  );
}
