import { Button, Modal } from 'antd';
import type { ConsoleUser } from '../../../shared/contract/accounts';
import { session } from '../api/session';
import { SignInForm } from './sign-in-form';

/** Over the page, which stays as it is but cannot be read: nothing that was typed is lost, nobody who passes by sees it. */
export function SignInAgain({ user }: { user: ConsoleUser }) {
  return (
    <Modal
      open
      className="sign-in-again"
      title="请再输一次密码"
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      width={400}
      footer={
        <Button type="link" onClick={() => session.forget()}>
          换一个账号
        </Button>
      }
    >
      <p className="soft">
        {user.name}
        ，您有一段时间没有操作，或者登录已到期。页面上填写的内容都还在，登录后刚才的操作会接着完成。
      </p>
      <SignInForm login={user.login} />
    </Modal>
  );
}
