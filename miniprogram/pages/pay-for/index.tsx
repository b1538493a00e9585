import { Text } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { formatYuan } from '../../../shared/domain/money';
import {
  Button,
  Card,
  definePage,
  EmptyState,
  type IconName,
  Notice,
  ProblemNotice,
  Row,
  Screen,
  Skeleton,
} from '../../components';
import { useLive } from '../../hooks/use-live';
import type { Answer } from '../../services/api';
import { FeeLines } from '../pay/fee-lines';
import { payForCopy as words } from './copy';
import './index.scss';
import { usePayFor } from './use-pay-for';

const EVERY_MS = 5_000;
type Ticket = Answer<'GET /api/me/pay-tickets/:ticket'>;

/** Opened by the code that staff show for a walk-in: anybody with WeChat may pay. */
function PayFor() {
  const { scene } = useRouter().params;
  const ticket = decodeURIComponent(scene ?? '');
  const { data, problem, refresh } = useLive(
    'GET /api/me/pay-tickets/:ticket',
    ticket === '' ? null : { params: { ticket } },
    EVERY_MS,
  );
  return (
    <Screen title={words.title}>
      {ticket === '' ? <Ending icon="wallet" {...words.noCode} /> : null}
      {!data ? <ProblemNotice problem={problem} /> : null}
      {ticket !== '' && !data && !problem ? <Skeleton shape={[60, 180, 52]} /> : null}
      {data ? <State ticket={ticket} data={data} onChange={refresh} /> : null}
    </Screen>
  );
}

interface StateProps {
  ticket: string;
  data: Ticket;
  onChange(): void;
}

function State({ ticket, data, onChange }: StateProps) {
  switch (data.state) {
    case 'paid':
      return <Ending icon="check" {...words.paid} />;
    case 'nothing_to_pay':
      return <Ending icon="check" {...words.nothing} />;
    case 'cancelled':
      return <Ending icon="info" {...words.ended} />;
    case 'to_pay':
      return <Form ticket={ticket} data={data} onChange={onChange} />;
  }
}

function Form({ ticket, data, onChange }: StateProps) {
  const payment = usePayFor(ticket, onChange);
  if (payment.isConfirming) {
    return (
      <>
        <Ending icon="clock" {...words.confirming} />
        <ProblemNotice problem={payment.problem} />
      </>
    );
  }
  return (
    <>
      <Notice>
        <Text>{words.lead}</Text>
      </Notice>
      <Card className="pay-for__fees">
        <Row label={words.who} value={<Text>{data.name}</Text>} note={data.className} />
        <FeeLines feeItems={data.feeItems} amountFen={data.amountFen} />
      </Card>
      {payment.message ? (
        <Notice tone="warn">
          <Text>{payment.message}</Text>
        </Notice>
      ) : null}
      <ProblemNotice problem={payment.problem} />
      <Button id="pay-for" busy={payment.busy} onTap={payment.pay}>
        {words.go(formatYuan(data.amountFen))}
      </Button>
      <Text className="pay-for__after">{words.after}</Text>
    </>
  );
}

function Ending({ icon, title, text }: { icon: IconName; title: string; text: string }) {
  return (
    <EmptyState icon={icon} title={title}>
      <Text>{text}</Text>
    </EmptyState>
  );
}

export default definePage(PayFor);
