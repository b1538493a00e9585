import { Table, type TableColumnsType } from 'antd';
import type { AccountTask } from '../../../../../shared/contract/orders';
import { shanghaiDay } from '../../../../../shared/domain/time';
import { useNow } from '../../../demo/now';
import { Pill } from '../../../parts/pill';
import { dayNameFrom } from '../../../words/format';

/** Certificates that end and keys that do not work: whoever runs the service renews them. */
export function Accounts({ tasks }: { tasks: readonly AccountTask[] }) {
  const now = useNow();
  return (
    <Table
      rowKey={({ mchid, what }) => `${mchid} ${what}`}
      columns={columns(now)}
      dataSource={[...tasks]}
      pagination={false}
    />
  );
}

const WHAT: Readonly<Record<AccountTask['what'], string>> = {
  certificate: '商户证书',
  platform_certificate: '微信支付平台证书',
  keys: '证书和密钥互不相符',
};

const NEXT: Readonly<Record<AccountTask['what'], string>> = {
  certificate: '在微信商户平台申请新证书，交系统管理员更换',
  platform_certificate: '请系统管理员换成微信支付公钥或新的平台证书',
  keys: '请系统管理员核对并更换这个商户号的密钥',
};

const columns = (now: Date): TableColumnsType<AccountTask> => [
  {
    title: '商户',
    width: 240,
    render: (_, { name, mchid }) => (
      <span className="two-lines">
        <strong>{name}</strong>
        <span className="faint number">{mchid}</span>
      </span>
    ),
  },
  {
    title: '证书或密钥',
    render: (_, { what, serial }) => (
      <span className="two-lines">
        <span>{WHAT[what]}</span>
        {serial !== '' && <span className="faint number">序列号尾号 {serial.slice(-8)}</span>}
      </span>
    ),
  },
  {
    title: '有效期',
    width: 220,
    render: (_, task) => (
      <span className="two-lines">
        <span>{state(task, now)}</span>
        {task.validTo && (
          <span className="faint number">
            至 {dayNameFrom(shanghaiDay(new Date(task.validTo)), shanghaiDay(now))}
          </span>
        )}
      </span>
    ),
  },
  { title: '怎么办', width: 400, render: (_, { what }) => <span className="soft">{NEXT[what]}</span> },
];

const DAY_MS = 24 * 3_600_000;

function state({ task, validTo }: AccountTask, now: Date) {
  if (task === 'ending' && validTo) {
    const days = Math.max(0, Math.floor((new Date(validTo).getTime() - now.getTime()) / DAY_MS));
    return <Pill tone="warn">{days === 0 ? '不到一天' : `还有 ${days} 天`}</Pill>;
  }
  return <Pill tone="bad">{task === 'ended' ? '已过期' : '不能用'}</Pill>;
}
