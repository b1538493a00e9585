import { CheckCircleFilled } from '@ant-design/icons';
import { Alert, App, Button, Drawer, Empty, Image, Result, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import type { ReviewFile, ReviewRow } from '../../../../shared/contract/office';
import { DOCUMENT_LABELS } from '../../../../shared/domain/documents';
import { useAsk, useWrite } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { Said } from '../../parts/complain';
import { newNonce } from '../../parts/new-nonce';
import { ReasonDialog } from '../../parts/reason-dialog';

const SIDES = { front: '正面', back: '背面' } as const;

/** The photos beside what the student typed. Opening it is a line in the audit log, and says so. */
export function ReviewDrawer({ review, onClose }: { review: ReviewRow; onClose: () => void }) {
  const { id } = useCampaign();
  const look = useAsk('POST /api/console/campaigns/:id/reviews/:accountId/open');
  const { mutate } = look;
  useEffect(() => mutate({ params: { id, accountId: review.accountId } }), [mutate, id, review.accountId]);
  return (
    <Drawer open size={760} title={`审核 ${review.name} 的证件`} onClose={onClose}>
      {look.error ? (
        <Result status="warning" title="没有打开" subTitle={<Said error={look.error} />} />
      ) : look.data ? (
        <Review file={look.data} onDone={onClose} />
      ) : (
        <Skeleton active paragraph={{ rows: 8 }} />
      )}
    </Drawer>
  );
}

function Review({ file, onDone }: { file: ReviewFile; onDone: () => void }) {
  return (
    <div className="stack">
      <Alert type="info" showIcon title="您看到的是完整证件号码和照片，这次查看已记入审计" />
      <dl className="facts">
        <div>
          <dt>姓名</dt>
          <dd>
            <strong>{file.name}</strong>
          </dd>
        </div>
        <div>
          <dt>{DOCUMENT_LABELS[file.documentType]}</dt>
          <dd>
            <strong className="number document-number">{file.documentNumber}</strong>
          </dd>
        </div>
      </dl>
      <Image.PreviewGroup>
        <div className="photos">
          {file.photos.map(({ side, dataUrl }) => (
            <figure key={side}>
              <Image src={dataUrl} alt={`证件${SIDES[side]}照片`} />
              <figcaption className="faint">{SIDES[side]}，点开可放大</figcaption>
            </figure>
          ))}
          {file.photos.length === 0 && <Empty description="照片已过保存期（7 天），请学生重新提交" />}
        </div>
      </Image.PreviewGroup>
      <section aria-label="名单里的学生">
        <h3 className="section-title">名单里可能是</h3>
        {file.candidates.length === 0 && (
          <p className="soft">名单里没有同名同号的学生，通过后由学生用学号认领。</p>
        )}
        <ul className="plain-list">
          {file.candidates.map(({ id, name, studentNo, college, major, sameDocument }) => (
            <li key={id}>
              <strong>{name}</strong> <span className="number">{studentNo}</span> {college} {major}{' '}
              {sameDocument ? (
                <span className="good">
                  <CheckCircleFilled aria-hidden /> 证件号码一致
                </span>
              ) : (
                <span className="faint">只有姓名一致</span>
              )}
            </li>
          ))}
        </ul>
      </section>
      <Decide file={file} onDone={onDone} />
    </div>
  );
}

function Decide({ file, onDone }: { file: ReviewFile; onDone: () => void }) {
  const { id } = useCampaign();
  const { message } = App.useApp();
  const [nonce] = useState(newNonce);
  const [isRejecting, setRejecting] = useState(false);
  const decide = useWrite('POST /api/console/campaigns/:id/reviews/:accountId/decide', {
    onDone({ status, isBound }) {
      if (status !== 'verified') message.success('已退回，学生会看到原因');
      else message.success(isBound ? '已通过，并和名单里的学生对上了' : '已通过，学生可用学号继续');
      onDone();
    },
    onRefused(error) {
      if (error.code === 'CHANGED_MEANWHILE') onDone();
      return false;
    },
  });
  const params = { id, accountId: file.accountId };
  const { version } = file;
  return (
    <div className="row">
      <Button
        type="primary"
        size="large"
        loading={decide.isPending && !isRejecting}
        onClick={() => decide.mutate({ params, body: { decision: 'approve', version, nonce } })}
      >
        证件属实，通过
      </Button>
      <Button size="large" danger onClick={() => setRejecting(true)}>
        不通过…
      </Button>
      {isRejecting && (
        <ReasonDialog
          title={`退回 ${file.name} 的证件？`}
          consequence="学生会在小程序里看到这句话，可以重新拍照提交，也可以到现场办理。照片随即删除。"
          suggestions={['照片不清楚，请重拍', '姓名和证件不一致', '证件已过期', '号码和照片不一致']}
          okText="退回"
          isDangerous
          isPending={decide.isPending}
          onConfirm={(reason) =>
            decide.mutate({ params, body: { decision: 'reject', version, nonce, reason } })
          }
          onClose={() => setRejecting(false)}
        />
      )}
    </div>
  );
}
