import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useRead } from '../api/hooks';
import { Loaded } from '../parts/loaded';
import { stamp } from '../words/format';
import { EnrolAuthenticator } from './enrol-authenticator';

/** A person's own second factor: whether there is one, and the way to another. */
export function AuthenticatorDialog({ onClose }: { onClose: () => void }) {
  const { message } = App.useApp();
  const [isEnrolling, setEnrolling] = useState(false);
  const mine = useRead('GET /api/console/me/authenticator', {});
  const done = () => {
    message.success('手机验证器已绑定，审批时输入它显示的数字');
    onClose();
  };
  return (
    <Modal open title="手机验证器" footer={null} width={440} onCancel={onClose}>
      <Loaded query={mine} rows={3}>
        {({ since }) =>
          isEnrolling ? (
            <EnrolAuthenticator onDone={done} />
          ) : (
            <>
              <p>{since ? `已绑定，${stamp(since)} 起用它审批。` : '还没有绑定。'}</p>
              <p className="soft">
                批准退款、免缴、差错处理和关账时，除了登录，还要输入手机上现在的 6 位数字。
                {since && '旧手机不在身边时，请教务处在“账号”里重置。'}
              </p>
              <Button type="primary" block onClick={() => setEnrolling(true)}>
                {since ? '换一部手机' : '开始绑定'}
              </Button>
            </>
          )
        }
      </Loaded>
    </Modal>
  );
}
