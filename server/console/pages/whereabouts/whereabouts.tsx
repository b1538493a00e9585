import { ReloadOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Empty } from 'antd';
import type { MoneyProofView } from '../../../../shared/contract/money-proof';
import { useRead, useWrite } from '../../api/hooks';
import { Page } from '../../layout/page';
import { Loaded } from '../../parts/loaded';
import { useMay } from '../../session/use-session';
import { stamp, yuan } from '../../words/format';
import { BillDays } from './bill-days';
import { Places } from './places';
import { Problems, WhatItWouldBe } from './problems';

const SOON_MS = 1_500;
const LATER_MS = 60_000;

type Proof = NonNullable<MoneyProofView['proof']>;

/** Where every fen is, by a program that shares no code with the one that moves them. */
export default function Whereabouts() {
  const may = useMay();
  const proof = useRead(
    'GET /api/console/money-proof',
    {},
    { every: (last) => (last?.isRunning ? SOON_MS : LATER_MS) },
  );
  const proveNow = useWrite('POST /api/console/money-proof');
  return (
    <Page
      title="资金去向"
      about="收到过的每一分钱现在在哪里；由独立的核对程序直接读数据得出，每小时一次"
      actions={
        may('POST /api/console/money-proof') && (
          <Button
            type="primary"
            icon={<ReloadOutlined aria-hidden />}
            loading={proveNow.isPending || proof.data?.isRunning === true}
            onClick={() => proveNow.mutate({})}
          >
            现在核对一遍
          </Button>
        )
      }
    >
      <Loaded query={proof} rows={8}>
        {({ proof: latest, trouble }) => (
          <div className="stack">
            {trouble && <Alert type="warning" showIcon title={trouble} />}
            {latest ? (
              <Proved proof={latest} />
            ) : (
              <Card>
                <Empty description="还没有核对过，点右上角“现在核对一遍”" />
              </Card>
            )}
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Proved({ proof }: { proof: Proof }) {
  return (
    <>
      <Outcome proof={proof} />
      {proof.unexplainedFen > 0 && (
        <Problems problems={proof.problems} unexplainedFen={proof.unexplainedFen} />
      )}
      <Places places={proof.places} receivedFen={proof.receivedFen} />
      <BillDays days={proof.days} />
      {proof.unexplainedFen === 0 && <WhatItWouldBe />}
    </>
  );
}

function Outcome({ proof }: { proof: Proof }) {
  const { receivedFen, unexplainedFen, inTransitFen, begunAt, by } = proof;
  const when = `${stamp(begunAt)} 核对${by ? `（${by} 要求）` : ''}，共收到 ${yuan(receivedFen)} 元`;
  const transit =
    inTransitFen > 0 ? `；另有 ${yuan(inTransitFen)} 元正在途中（微信已收或已退，消息还在路上）` : '';
  return unexplainedFen === 0 ? (
    <Alert type="success" showIcon title="每一分钱都有去处，未解释 0.00 元" description={when + transit} />
  ) : (
    <Alert
      type="error"
      showIcon
      title={`有 ${yuan(unexplainedFen)} 元说不清去处，请逐条查明`}
      description={when + transit}
    />
  );
}
