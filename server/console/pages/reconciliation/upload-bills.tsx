import { InboxOutlined, UploadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Spin, Upload } from 'antd';
import { useState } from 'react';
import type { BillDayView } from '../../../../shared/contract/reconciliation';
import type { AnswerOf } from '../../api/send';
import { upload } from '../../api/upload';
import { useMay } from '../../session/use-session';
import { BILL_NAMES } from '../../words/differences';
import { count, dayName } from '../../words/format';

const KEY = 'POST /api/console/merchants/:merchantId/days/:day/bills';
type Received = AnswerOf<typeof KEY>;

/** What came of one file, in a line. */
interface Outcome {
  name: string;
  tone: 'success' | 'info' | 'error';
  words: string;
}

/** The way for files that a person has downloaded from WeChat's merchant platform. */
export function UploadBills({ merchantId, day }: Pick<BillDayView, 'merchantId' | 'day'>) {
  const may = useMay();
  const [isOpen, setOpen] = useState(false);
  if (!may(KEY)) return null;
  return (
    <>
      <Button icon={<UploadOutlined aria-hidden />} onClick={() => setOpen(true)}>
        上传账单
      </Button>
      {isOpen && <Files merchantId={merchantId} day={day} onClose={() => setOpen(false)} />}
    </>
  );
}

function Files({
  merchantId,
  day,
  onClose,
}: Pick<BillDayView, 'merchantId' | 'day'> & { onClose: () => void }) {
  const queries = useQueryClient();
  const [sha1, setSha1] = useState('');
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const tell = (outcome: Outcome) => setOutcomes((known) => [...known, outcome]);
  const send = useMutation<Received, Error, File>({
    mutationFn: (file) =>
      upload(KEY, { params: { merchantId, day }, query: sha1.trim() ? { sha1: sha1.trim() } : {} }, file),
    // Two files chosen together go one after the other: the second one finds the first.
    scope: { id: `bills-${day}` },
    onSuccess: (received, { name }) => tell({ name, ...wordsOf(received) }),
    onError: (error, { name }) => tell({ name, tone: 'error', words: error.message }),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <Modal open title={`上传 ${dayName(day)} 的账单`} footer={null} onCancel={onClose}>
      <div className="stack">
        <p className="soft">
          在微信商户平台下载这一天的<strong>交易账单</strong>（全部）和<strong>资金账单</strong>
          （基本账户），不要用表格软件打开另存。两份都收到后自动核对。
        </p>
        <Spin spinning={send.isPending} description="正在读取…">
          <Upload.Dragger
            multiple
            accept=".csv,.gz,.txt"
            showUploadList={false}
            beforeUpload={(file) => {
              send.mutate(file);
              // The file goes our own way.
              return false;
            }}
          >
            <p className="roster-drop">
              <InboxOutlined aria-hidden />
              把两份账单拖到这里，或点击选择
            </p>
            <p className="faint">.csv 或 .csv.gz，最大 64 MB</p>
          </Upload.Dragger>
        </Spin>
        <Input
          aria-label="校验值"
          placeholder="校验值 SHA-1（选填）：微信给出的，填了就核对接下来上传的这一份"
          maxLength={40}
          value={sha1}
          onChange={(event) => setSha1(event.target.value)}
        />
        {outcomes.map(({ name, tone, words }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: only ever added to
          <Alert key={index} type={tone} showIcon title={words} description={name} />
        ))}
      </div>
    </Modal>
  );
}

function wordsOf({ kind, rows, missing, isKnown, day }: Received): Omit<Outcome, 'name'> {
  const what = `${BILL_NAMES[kind]} ${count(rows)} 行`;
  if (isKnown) return { tone: 'info', words: `${what}，和已经核对过的是同一份，没有变化` };
  if (missing) return { tone: 'info', words: `${what}，已收到；还差${BILL_NAMES[missing]}` };
  return {
    tone: 'success',
    words: `${what}，两份都收到了，已核对：${day.differences === 0 ? '0 差异' : `${day.differences} 处差异`}`,
  };
}
