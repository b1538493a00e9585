import { LockOutlined, LogoutOutlined } from '@ant-design/icons';
import { Avatar, Button, Dropdown, Modal } from 'antd';
import { useState } from 'react';
import { session } from '../api/session';
import { useComplain } from '../parts/complain';
import { ChangePassword } from '../session/change-password';
import { useUser } from '../session/use-session';
import { ROLE_NAMES } from '../words/labels';

export function Account() {
  const { name, role } = useUser();
  const complain = useComplain();
  const [isChanging, setChanging] = useState(false);
  const signOut = () => session.signOut().catch(complain);
  return (
    <>
      {isChanging && (
        <Modal open title="修改密码" footer={null} width={420} onCancel={() => setChanging(false)}>
          <ChangePassword onDone={() => setChanging(false)} />
        </Modal>
      )}
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'password', label: '修改密码', icon: <LockOutlined aria-hidden /> },
            { key: 'out', label: '退出登录', icon: <LogoutOutlined aria-hidden /> },
          ],
          onClick: ({ key }) => (key === 'password' ? setChanging(true) : void signOut()),
        }}
      >
        <Button type="text" className="account">
          <Avatar size={28} aria-hidden>
            {name.slice(-3, -2) || name.slice(0, 1)}
          </Avatar>
          <span>
            {name} <span className="faint">{ROLE_NAMES[role]}</span>
          </span>
        </Button>
      </Dropdown>
    </>
  );
}
