import { LogoutOutlined } from '@ant-design/icons';
import { Avatar, Button, Dropdown } from 'antd';
import { session } from '../api/session';
import { useComplain } from '../parts/complain';
import { useUser } from '../session/use-session';
import { ROLE_NAMES } from '../words/labels';

export function Account() {
  const { name, role } = useUser();
  const complain = useComplain();
  const signOut = () => session.signOut().catch(complain);
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [{ key: 'out', label: '退出登录', icon: <LogoutOutlined aria-hidden /> }],
        onClick: () => void signOut(),
      }}
    >
      <Button type="text" className="account" aria-label={`账号：${name}`}>
        <Avatar size={28} aria-hidden>
          {name.slice(-3, -2) || name.slice(0, 1)}
        </Avatar>
        <span>
          {name} <span className="faint">{ROLE_NAMES[role]}</span>
        </span>
      </Button>
    </Dropdown>
  );
}
