import { Card, Empty } from 'antd';
import type { ReactNode } from 'react';
import { useRead } from '../../../api/hooks';
import { Loaded } from '../../../parts/loaded';
import { count } from '../../../words/format';
import { Accounts } from './accounts';
import { Notices } from './notices';
import { Proposed } from './proposed';
import { Quarantined } from './quarantined';
import { StuckRefunds } from './stuck-refunds';

const EVERY_MS = 10_000;

/** What about money goes on only if a person does something, of all campaigns of the school. */
export function Money() {
  const tasks = useRead('GET /api/console/money-tasks', {}, { every: EVERY_MS });
  return (
    <Loaded query={tasks}>
      {({ proposed, quarantined, refunds, notices, accounts }) => {
        // Of money that was put aside one decides where it stands.
        const asked = proposed.filter(({ state }) => state !== 'quarantined');
        const all = [asked, quarantined, refunds, notices, accounts];
        if (all.every(({ length }) => length === 0)) {
          return (
            <Card>
              <Empty description="没有等人处理的款项。退款申请、存疑的到账、卡住的退款会出现在这里。" />
            </Card>
          );
        }
        return (
          <div className="stack">
            {accounts.length > 0 && (
              <Queue
                title="商户证书和密钥"
                about="失效后收不了款、退不了款，也下载不了账单"
                items={accounts.length}
              >
                <Accounts tasks={accounts} />
              </Queue>
            )}
            {asked.length > 0 && (
              <Queue title="等审批的退款" about="一个人申请，另一位财务批准后才动钱" items={asked.length}>
                <Proposed orders={asked} />
              </Queue>
            )}
            {refunds.length > 0 && (
              <Queue title="卡住的退款" about="钱还没有回到学生手里" items={refunds.length}>
                <StuckRefunds tasks={refunds} />
              </Queue>
            )}
            {quarantined.length > 0 && (
              <Queue title="存疑的到账" about="没有计入收入；退回或入账都要两个人" items={quarantined.length}>
                <Quarantined orders={quarantined} />
              </Queue>
            )}
            {notices.length > 0 && (
              <Queue title="对不上的微信通知" about="查清之后写明是怎么回事" items={notices.length}>
                <Notices notices={notices} />
              </Queue>
            )}
          </div>
        );
      }}
    </Loaded>
  );
}

function Queue({
  title,
  about,
  items,
  children,
}: {
  title: string;
  about: string;
  items: number;
  children: ReactNode;
}) {
  return (
    <Card
      title={`${title}（${count(items)}）`}
      extra={<span className="soft">{about}</span>}
      styles={{ body: { padding: 0 } }}
    >
      {children}
    </Card>
  );
}
