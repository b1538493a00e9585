import { Alert, Card, Empty, Table, type TableColumnsType } from 'antd';
import type { RetentionReport } from '../../../../shared/contract/privacy';
import { useRead } from '../../api/hooks';
import { Page } from '../../layout/page';
import { Loaded } from '../../parts/loaded';
import { count, stamp } from '../../words/format';
import { CONSENT_NAMES, IDENTITY_NAMES, PHOTO_NAMES } from '../../words/retention';

const EVERY_MS = 60_000;

/** What the school keeps of its students' documents, for how long, and what is gone. */
export default function Retention() {
  const report = useRead('GET /api/console/retention', {}, { every: EVERY_MS });
  return (
    <Page title="个人信息" about="证件照片留了多少、删了多少，学生同意了哪一版，谁要求删除；全校所有批次">
      <Loaded query={report}>
        {(data) => (
          <div className="stack">
            <Verdict of={data} />
            <Photos of={data} />
            <div className="two-columns">
              <Consents of={data} />
              <Identities of={data} />
            </div>
            <Erasures of={data} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Verdict({ of: { photos, verifiedWithPhoto } }: { of: RetentionReport }) {
  const overCap = photos.reduce((sum, one) => sum + one.overCap, 0);
  if (overCap + verifiedWithPhoto === 0) {
    return <Alert type="success" showIcon title="没有照片超过保存期，认证通过的学生没有留下证件照片" />;
  }
  return (
    <Alert
      type="error"
      showIcon
      title="有照片没有按期删除，请联系运维"
      description={`超过保存期 ${count(overCap)} 张；认证已通过而照片还在 ${count(verifiedWithPhoto)} 人。`}
    />
  );
}

function Photos({ of: { photos, cards } }: { of: RetentionReport }) {
  return (
    <Card
      title="证件照片"
      extra={<span className="soft">认证通过立即删除；没通过的到期自动删除</span>}
      styles={{ body: { padding: 0 } }}
    >
      <p className="in-card soft number">
        身份证照片一共拍过 {count(cards.taken)} 张，已删除 {count(cards.deleted)} 张，还留着{' '}
        {count(cards.taken - cards.deleted)} 张。
      </p>
      <Table
        className="number"
        size="small"
        rowKey="kind"
        pagination={false}
        columns={PHOTO_COLUMNS}
        dataSource={photos}
      />
    </Card>
  );
}

const PHOTO_COLUMNS: TableColumnsType<RetentionReport['photos'][number]> = [
  { title: '照片', render: (_, { kind }) => PHOTO_NAMES[kind] },
  { title: '最多留', width: 100, align: 'right', render: (_, { capDays }) => `${capDays} 天` },
  { title: '还留着', width: 120, align: 'right', render: (_, { kept }) => count(kept) },
  {
    title: '最早一张自动删除',
    width: 200,
    render: (_, { firstEnd }) => (firstEnd ? stamp(firstEnd) : <span className="faint">—</span>),
  },
  {
    title: '最晚一张自动删除',
    width: 200,
    render: (_, { lastEnd }) => (lastEnd ? stamp(lastEnd) : <span className="faint">—</span>),
  },
  { title: '超过上限', width: 120, align: 'right', render: (_, { overCap }) => count(overCap) },
];

function Consents({ of: { consents } }: { of: RetentionReport }) {
  return (
    <Card title="授权同意" styles={{ body: { padding: 0 } }}>
      <Table
        className="number"
        size="small"
        rowKey={({ kind, version }) => `${kind} ${version}`}
        pagination={false}
        dataSource={consents}
        columns={[
          { title: '同意书', render: (_, { kind }) => CONSENT_NAMES[kind] ?? kind },
          { title: '版本', width: 90, render: (_, { version }) => `第 ${version} 版` },
          { title: '人数', width: 90, align: 'right', render: (_, { people }) => count(people) },
        ]}
        locale={{ emptyText: <Empty description="还没有学生授权" /> }}
      />
    </Card>
  );
}

function Identities({ of: { identities } }: { of: RetentionReport }) {
  return (
    <Card title="实名认证" styles={{ body: { padding: 0 } }}>
      <Table
        className="number"
        size="small"
        rowKey="status"
        pagination={false}
        dataSource={IDENTITY_NAMES.map(({ status, name }) => ({ status, name, people: identities[status] }))}
        columns={[
          { title: '情况', dataIndex: 'name' },
          { title: '人数', width: 90, align: 'right', render: (_, { people }) => count(people) },
        ]}
      />
    </Card>
  );
}

function Erasures({ of: { erasures } }: { of: RetentionReport }) {
  return (
    <Card
      title={`按本人要求删除（${count(erasures.total)}）`}
      extra={<span className="soft">姓名、证件、照片、同意记录和绑定都已删除；订单依法保留</span>}
      styles={{ body: { padding: 0 } }}
    >
      <Table
        className="number"
        size="small"
        rowKey={({ account, at }) => `${account} ${at}`}
        dataSource={erasures.latest}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: '删除时间', width: 190, render: (_, { at }) => stamp(at) },
          { title: '微信账号', render: (_, { account }) => `…${account}` },
          {
            title: '保留的订单',
            width: 120,
            align: 'right',
            render: (_, { ordersKept }) => count(ordersKept),
          },
        ]}
        locale={{ emptyText: <Empty description="还没有学生要求删除" /> }}
      />
    </Card>
  );
}
