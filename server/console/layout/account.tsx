import { LockOutlined, LogoutOutlined, MobileOutlined } from '@ant-design/icons';
import { Avatar, Button, Dropdown, Modal } from 'antd';
import { useState } from 'react';
import { session } from '../api/session';
import { useComplain } from '../parts/complain';
import { useMenuButton } from '../parts/use-menu-button';
import { AuthenticatorDialog } from '../session/authenticator-dialog';
import { ChangePassword } from '../session/change-password';
import { useMay, useUser } from '../session/use-session';
import { ROLE_NAMES } from '../words/labels';
import { APPEARANCES, type Appearance, chooseAppearance, useAppearance } from './appearance';

const APPEARANCE_NAMES: Readonly<Record<Appearance, string>> = {
  system: '跟随系统',
  light: '浅色',
  dark: '深色',
};
const LOOKS = APPEARANCES.map((key) => ({ key, label: APPEARANCE_NAMES[key] }));

export function Account() {
  const { name, role } = useUser();
  const complain = useComplain();
  const may = useMay();
  const appearance = useAppearance();
  const [isChanging, setChanging] = useState(false);
  const [isShowingAuthenticator, showAuthenticator] = useState(false);
  const { button, menu } = useMenuButton();
  const signOut = () => session.signOut().catch(complain);
  return (
    <>
      {isChanging && (
        <Modal open title="修改密码" footer={null} width={420} onCancel={() => setChanging(false)}>
          <ChangePassword onDone={() => setChanging(false)} />
        </Modal>
      )}
      {isShowingAuthenticator && <AuthenticatorDialog onClose={() => showAuthenticator(false)} />}
      <Dropdown
        {...menu}
        trigger={['click']}
        menu={{
          items: [
            { type: 'group', label: '外观', children: LOOKS },
            { type: 'divider' },
            { key: 'password', label: '修改密码', icon: <LockOutlined aria-hidden /> },
            ...(may('POST /api/console/me/authenticator')
              ? [{ key: 'authenticator', label: '手机验证器', icon: <MobileOutlined aria-hidden /> }]
              : []),
            { key: 'out', label: '退出登录', icon: <LogoutOutlined aria-hidden /> },
          ],
          selectedKeys: [appearance],
          onClick({ key }) {
            const picked = APPEARANCES.find((one) => one === key);
            if (picked) chooseAppearance(picked);
            else if (key === 'password') setChanging(true);
            else if (key === 'authenticator') showAuthenticator(true);
            else void signOut();
          },
        }}
      >
        <Button ref={button} type="text" className="account">
          <Avatar size={28} aria-hidden>
            {name.slice(0, 1)}
          </Avatar>
          <span>
            {name} <span className="faint">{ROLE_NAMES[role]}</span>
          </span>
        </Button>
      </Dropdown>
    </>
  );
}
