import { Button, Card, Empty } from 'antd';
import { useState } from 'react';
import type { ConflictRow } from '../../../../shared/contract/office';
import { useRead } from '../../api/hooks';
import { useDialogWrite } from '../../api/use-dialog-write';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { newNonce } from '../../parts/new-nonce';
import { Pill, type Tone } from '../../parts/pill';
import { ReasonDialog } from '../../parts/reason-dialog';
import { stamp } from '../../words/format';
import { bookingPill } from '../../words/standings';

type Claimant = ConflictRow['claimant'];
type Decision = 'keep' | 'hand_over';
const EVERY_MS = 10_000;

export function Conflicts() {
  const { id } = useCampaign();
  const conflicts = useRead(
    'GET /api/console/campaigns/:id/conflicts',
    { params: { id } },
    { every: EVERY_MS },
  );
  return (
    <Loaded query={conflicts}>
      {({ conflicts: all }) =>
        all.length === 0 ? (
          <Card>
            <Empty description="没有冲突。两个微信都说自己是同一名学生时，会出现在这里。" />
          </Card>
        ) : (
          <div className="stack">
            {all.map((conflict) => (
              <Conflict key={conflict.id} conflict={conflict} />
            ))}
          </div>
        )
      }
    </Loaded>
  );
}

function Conflict({ conflict }: { conflict: ConflictRow }) {
  const { student, holder, claimant, booking, at } = conflict;
  const [decision, setDecision] = useState<Decision | null>(null);
  const { tone, text } = bookingPill(booking);
  return (
    <Card
      title={
        <>
          {student.name} <span className="faint number">{student.studentNo}</span>{' '}
          <span className="faint">{student.college}</span>
        </>
      }
      extra={<span className="faint number">{stamp(at)} 提出</span>}
    >
      <p className="row tight">
        名单上的证件号码 <strong className="number">{student.documentMasked ?? '未提供'}</strong>
        <Pill tone={tone}>{text}</Pill>
      </p>
      <div className="two-columns">
        <Side title="现在绑定的微信" claimant={holder}>
          <Button onClick={() => setDecision('keep')}>维持原绑定</Button>
        </Side>
        <Side title="后来申请的微信" claimant={claimant}>
          <Button type="primary" onClick={() => setDecision('hand_over')}>
            交给这个微信
          </Button>
        </Side>
      </div>
      {decision && <Decide conflict={conflict} decision={decision} onClose={() => setDecision(null)} />}
    </Card>
  );
}

const STATUS: Readonly<Record<Claimant['status'], { tone: Tone; text: string }>> = {
  none: { tone: 'calm', text: '没有认证' },
  verified: { tone: 'good', text: '已实名认证' },
  unverified: { tone: 'warn', text: '没有通过核验' },
  manual_review: { tone: 'warn', text: '证件审核中' },
  onsite_only: { tone: 'calm', text: '转现场办理' },
};

function Side({
  title,
  claimant,
  children,
}: {
  title: string;
  claimant: Claimant | null;
  children: React.ReactNode;
}) {
  return (
    <section className="side-of-conflict" aria-label={title}>
      <h3 className="section-title">{title}</h3>
      {claimant ? (
        <>
          <p className="row tight">
            <strong>{claimant.name ?? '没有填姓名'}</strong>
            <span className="number">{claimant.documentMasked ?? ''}</span>
            <Pill tone={STATUS[claimant.status].tone}>{STATUS[claimant.status].text}</Pill>
          </p>
          <p className="faint number">
            {claimant.boundAt ? `${stamp(claimant.boundAt)} 绑定` : '还没有绑定'} · 微信 …
            {claimant.accountId.slice(-6)}
          </p>
        </>
      ) : (
        <p className="soft">已经解除</p>
      )}
      {children}
    </section>
  );
}

function Decide({
  conflict,
  decision,
  onClose,
}: {
  conflict: ConflictRow;
  decision: Decision;
  onClose: () => void;
}) {
  const [seen] = useState(conflict);
  const [nonce] = useState(newNonce);
  const decide = useDialogWrite('POST /api/console/conflicts/:id/decide', {
    done: decision === 'keep' ? '已维持原绑定' : '已转交，预约一并过去',
    onClose,
  });
  const isHandOver = decision === 'hand_over';
  return (
    <ReasonDialog
      title={isHandOver ? `把 ${seen.student.name} 交给后来的微信？` : `维持 ${seen.student.name} 的原绑定？`}
      consequence={
        isHandOver
          ? '学生、预约和付款都转到后来的微信，原来的微信不再看到。请先核对本人证件。'
          : '后来的微信会看到“不在名单上”的提示，可再次申请。'
      }
      suggestions={isHandOver ? ['已核对身份证原件', '本人换了微信'] : ['已核对身份证原件', '申请人不是本人']}
      okText={isHandOver ? '转交' : '维持'}
      isDangerous={isHandOver}
      isPending={decide.isPending}
      onConfirm={(reason) =>
        decide.mutate({ params: { id: seen.id }, body: { version: seen.version, nonce, decision, reason } })
      }
      onClose={onClose}
    />
  );
}
