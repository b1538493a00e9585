import { Alert, Drawer, Empty, Image, Result, Skeleton } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useAsk } from '../../api/hooks';
import { Said } from '../../parts/complain';
import { stamp } from '../../words/format';
import { FIELD_NAMES } from '../../words/standings';
import { type Correction, currentOf } from './correction';

/** What a student asks for beside the photo that is to prove it. Opening it is a line in the audit log, and says so. */
export function CorrectionProof({
  correction: { student, field, proposed, reason, at, ...correction },
  children,
  onClose,
}: {
  correction: Correction;
  /** What may be done with it. */
  children: ReactNode;
  onClose: () => void;
}) {
  const look = useAsk('POST /api/console/students/:id/open-proof');
  const { mutate } = look;
  useEffect(() => mutate({ params: { id: student.id } }), [mutate, student.id]);
  return (
    <Drawer open size={760} title={`${student.name} 的更正申请`} onClose={onClose}>
      {look.error ? (
        <Result status="warning" title="没有打开" subTitle={<Said error={look.error} />} />
      ) : look.data ? (
        <div className="stack">
          <Alert type="info" showIcon title="您看到的是学生附的照片，这次查看已记入审计" />
          <dl className="facts">
            <Fact name="学号">{student.studentNo}</Fact>
            <Fact name={FIELD_NAMES[field]}>
              <del className="faint">{currentOf({ student, field, ...correction })}</del> →{' '}
              <strong>{proposed}</strong>
            </Fact>
            <Fact name="理由">{reason}</Fact>
            <Fact name="申请时间">{stamp(at)}</Fact>
          </dl>
          {look.data.dataUrl ? (
            <figure className="proof-photo">
              <Image src={look.data.dataUrl} alt="学生附的照片" />
              <figcaption className="faint">点开可放大</figcaption>
            </figure>
          ) : (
            <Empty description="照片已过保存期（30 天）。请学生重新提交，或带原件来核对。" />
          )}
          <div className="row">{children}</div>
        </div>
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Drawer>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
