import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Card, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import type { UserView } from '../../../../shared/contract/accounts';
import { APPROVERS } from '../../../../shared/contract/authenticators';
import { useRead, useWrite } from '../../api/hooks';
import { useNow } from '../../demo/now';
import { Page } from '../../layout/page';
import { Loaded } from '../../parts/loaded';
import { Pill } from '../../parts/pill';
import { useMay, useUser } from '../../session/use-session';
import { stamp } from '../../words/format';
import { ROLE_NAMES } from '../../words/labels';
import { EditUser } from './edit-user';
import { GivenPassword } from './given-password';
import { ResetAuthenticator } from './reset-authenticator';

interface Given {
  user: UserView;
  password: string;
}

/** Who may sign in at the console, and as what. */
export default function Settings() {
  const may = useMay();
  const [editing, setEditing] = useState<UserView | 'new' | null>(null);
  const [given, setGiven] = useState<Given | null>(null);
  const [resetting, setResetting] = useState<UserView | null>(null);
  const users = useRead('GET /api/console/users', {});
  const canManage = may('POST /api/console/users');
  return (
    <Page
      title="账号"
      about="谁可以登录管理后台、能看能做什么。财务至少要两个人，一人提交、另一人审批"
      actions={
        canManage && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEditing('new')}>
            开通账号
          </Button>
        )
      }
    >
      <Card styles={{ body: { padding: 0 } }}>
        <Loaded query={users} rows={8}>
          {({ users: all }) => (
            <UsersTable
              users={all}
              canManage={canManage}
              onEdit={setEditing}
              onGiven={setGiven}
              onReset={setResetting}
            />
          )}
        </Loaded>
      </Card>
      {editing && (
        <EditUser
          user={editing === 'new' ? null : editing}
          onGiven={setGiven}
          onClose={() => setEditing(null)}
        />
      )}
      {resetting && <ResetAuthenticator user={resetting} onClose={() => setResetting(null)} />}
      {given && <GivenPassword given={given} onClose={() => setGiven(null)} />}
    </Page>
  );
}

function UsersTable({
  users,
  canManage,
  onEdit,
  onGiven,
  onReset,
}: {
  users: readonly UserView[];
  canManage: boolean;
  onEdit: (user: UserView) => void;
  onGiven: (given: Given) => void;
  onReset: (user: UserView) => void;
}) {
  const me = useUser();
  const { modal, message } = App.useApp();
  const disable = useWrite('POST /api/console/users/:id/disable', {
    onDone: ({ name }) => message.success(`“${name}”已停用，5 秒内退出登录`),
  });
  const enable = useWrite('POST /api/console/users/:id/enable', {
    onDone: ({ name }) => message.success(`“${name}”可以登录了`),
  });
  const reset = useWrite('POST /api/console/users/:id/reset-password', { onDone: onGiven });
  const seen = ({ id, version }: UserView) => ({ params: { id }, body: { version } });
  const askDisable = (user: UserView) =>
    modal.confirm({
      title: `停用“${user.name}”？`,
      content: '立即退出登录，不能再登录；做过的事都留在审计里。以后可以恢复。',
      okText: '停用',
      okButtonProps: { danger: true },
      onOk: () => disable.mutateAsync(seen(user)),
    });
  const askReset = (user: UserView) =>
    modal.confirm({
      title: `重设“${user.name}”的密码？`,
      content: '生成一个只显示一次的临时密码，对方登录后必须改掉。原来的登录立即失效，账号锁定也一并解除。',
      okText: '重设密码',
      onOk: () => reset.mutateAsync(seen(user)),
    });
  const columns: TableColumnsType<UserView> = [
    {
      title: '姓名',
      width: 210,
      render: (_, { id, name }) => (
        <>
          <strong>{name}</strong> {id === me.id && <span className="faint">您自己</span>}
        </>
      ),
    },
    { title: '账号', dataIndex: 'login', width: 120 },
    { title: '角色', width: 80, render: (_, { role }) => ROLE_NAMES[role] },
    { title: '范围', render: (_, { colleges }) => (colleges.length > 0 ? colleges.join('、') : '全校') },
    { title: '审批验证器', width: 110, render: (_, user) => <AuthenticatorState user={user} /> },
    { title: '状态', width: 90, render: (_, user) => <UserState user={user} /> },
  ];
  if (canManage) {
    columns.push({
      title: '',
      width: 300,
      align: 'right',
      render: (_, user) =>
        user.role !== 'operator' && (
          <span className="row tight end">
            <Button type="link" size="small" aria-label={`修改 ${user.name}`} onClick={() => onEdit(user)}>
              修改
            </Button>
            {user.id !== me.id && (
              <>
                <Button
                  type="link"
                  size="small"
                  aria-label={`重设密码 ${user.name}`}
                  onClick={() => askReset(user)}
                >
                  重设密码
                </Button>
                {user.authenticatorSince && (
                  <Button
                    type="link"
                    size="small"
                    aria-label={`重置验证器 ${user.name}`}
                    onClick={() => onReset(user)}
                  >
                    重置验证器
                  </Button>
                )}
                {user.disabledAt ? (
                  <Button
                    type="link"
                    size="small"
                    aria-label={`恢复 ${user.name}`}
                    onClick={() => enable.mutate(seen(user))}
                  >
                    恢复
                  </Button>
                ) : (
                  <Button
                    type="link"
                    size="small"
                    danger
                    aria-label={`停用 ${user.name}`}
                    onClick={() => askDisable(user)}
                  >
                    停用
                  </Button>
                )}
              </>
            )}
          </span>
        ),
    });
  }
  return <Table rowKey="id" columns={columns} dataSource={[...users]} pagination={false} />;
}

function AuthenticatorState({ user: { role, authenticatorSince } }: { user: UserView }) {
  if (authenticatorSince) return <span title={stamp(authenticatorSince)}>已绑定</span>;
  return APPROVERS.some((approver) => approver === role) ? <span className="faint">未绑定</span> : null;
}

function UserState({ user: { disabledAt, lockedUntil, mustChangePassword } }: { user: UserView }) {
  const now = useNow();
  if (disabledAt) return <Pill tone="calm">已停用</Pill>;
  if (lockedUntil && new Date(lockedUntil) > now) return <Pill tone="bad">已锁定</Pill>;
  return mustChangePassword ? <Pill tone="warn">待改密码</Pill> : <Pill tone="good">可登录</Pill>;
}
