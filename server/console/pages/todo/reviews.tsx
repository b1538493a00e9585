import { Button, Card, Empty, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { ReviewRow } from '../../../../shared/contract/office';
import { DOCUMENT_LABELS } from '../../../../shared/domain/documents';
import { useRead } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { stamp } from '../../words/format';
import { ReviewDrawer } from './review-drawer';

const EVERY_MS = 10_000;

export function Reviews() {
  const { id } = useCampaign();
  const [opened, setOpened] = useState<ReviewRow | null>(null);
  const reviews = useRead('GET /api/console/campaigns/:id/reviews', { params: { id } }, { every: EVERY_MS });
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Loaded query={reviews}>
        {({ reviews: all }) => (
          <Table
            className="number"
            rowKey="accountId"
            columns={columns(setOpened)}
            dataSource={all}
            pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
            locale={{
              emptyText: (
                <Empty description="没有等待审核的证件。港澳台和外国证件由学生拍照提交后出现在这里。" />
              ),
            }}
          />
        )}
      </Loaded>
      {opened && <ReviewDrawer review={opened} onClose={() => setOpened(null)} />}
    </Card>
  );
}

const columns = (open: (review: ReviewRow) => void): TableColumnsType<ReviewRow> => [
  { title: '提交时间', width: 170, render: (_, { askedAt }) => stamp(askedAt) },
  { title: '姓名', dataIndex: 'name', width: 160 },
  { title: '证件', render: (_, { documentType }) => DOCUMENT_LABELS[documentType] },
  { title: '号码', dataIndex: 'documentMasked', width: 200 },
  {
    title: '',
    width: 110,
    align: 'right',
    render: (_, review) => (
      <Button type="primary" ghost onClick={() => open(review)} aria-label={`审核 ${review.name}`}>
        审核
      </Button>
    ),
  },
];
