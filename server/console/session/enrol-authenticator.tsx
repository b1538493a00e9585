import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Typography } from 'antd';
import { useState } from 'react';
import { renderSVG } from 'uqr';
import { useWrite } from '../api/hooks';
import type { AnswerOf } from '../api/send';
import { useDemo } from '../demo/now';
import { Said, useComplain } from '../parts/complain';
import { CodeField } from './code-field';
import { DemoCode } from './demo-code';

type Offer = AnswerOf<'POST /api/console/me/authenticator'>;

/** Password, QR, first code. */
export function EnrolAuthenticator({ onDone }: { onDone: () => void }) {
  const [offer, setOffer] = useState<Offer | null>(null);
  if (offer) return <Prove offer={offer} onExpired={() => setOffer(null)} onDone={onDone} />;
  return <Password onOffer={setOffer} />;
}

function Password({ onOffer }: { onOffer: (offer: Offer) => void }) {
  const [refusal, setRefusal] = useState<Error | null>(null);
  const begin = useWrite('POST /api/console/me/authenticator', {
    onDone: onOffer,
    onRefused(error) {
      setRefusal(error);
      return true;
    },
  });
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={({ password }: { password: string }) => begin.mutate({ body: { password } })}
    >
      <Form.Item
        name="password"
        label="先确认是您本人：登录密码"
        rules={[{ required: true, message: '请输入登录密码' }]}
      >
        <Input.Password autoFocus autoComplete="current-password" />
      </Form.Item>
      {refusal && <Alert className="gap-below" type="error" showIcon title={<Said error={refusal} />} />}
      <Button type="primary" htmlType="submit" block loading={begin.isPending}>
        下一步
      </Button>
    </Form>
  );
}

function Prove({ offer, onExpired, onDone }: { offer: Offer; onExpired: () => void; onDone: () => void }) {
  const [code, setCode] = useState('');
  const [refusal, setRefusal] = useState<Error | null>(null);
  const prove = useWrite('POST /api/console/me/authenticator/prove', {
    onDone,
    onRefused(error) {
      setCode('');
      setRefusal(error);
      if (error.code === 'AUTHENTICATOR_NOT_OFFERED') onExpired();
      return error.code !== 'AUTHENTICATOR_NOT_OFFERED';
    },
  });
  return (
    <>
      <ol className="enrol-steps">
        <li>手机上装一个验证器应用（支持 TOTP 的都可以，如微软或谷歌的 Authenticator），在里面扫这个码。</li>
        <li>输入它显示的 6 位数字。</li>
      </ol>
      <div className="enrol-secret">
        <img
          alt="绑定用的二维码"
          src={`data:image/svg+xml,${encodeURIComponent(renderSVG(offer.uri, { ecc: 'M', border: 2 }))}`}
        />
        <div>
          <span className="faint">不能扫码时，手工输入密钥</span>
          <Typography.Text className="secret" copyable={{ text: offer.secret, tooltips: ['复制', '已复制'] }}>
            {offer.secret.match(/.{1,4}/g)?.join(' ')}
          </Typography.Text>
          <ScanInDemo uri={offer.uri} />
        </div>
      </div>
      <CodeField
        label="验证器上的数字"
        okText="完成绑定"
        code={code}
        isPending={prove.isPending}
        onChange={setCode}
        onConfirm={(given) => prove.mutate({ body: { code: given } })}
      />
      {refusal && <Alert className="gap-above" type="error" showIcon title={<Said error={refusal} />} />}
      <DemoCode onFill={setCode} />
    </>
  );
}

function ScanInDemo({ uri }: { uri: string }) {
  const demo = useDemo();
  const complain = useComplain();
  const scan = useMutation({
    mutationFn: () => demo?.phone.scan(uri) ?? Promise.resolve(),
    onError: complain,
  });
  if (!demo) return null;
  return (
    <Button size="small" loading={scan.isPending} disabled={scan.isSuccess} onClick={() => scan.mutate()}>
      {scan.isSuccess ? '演示手机已扫码' : '用演示手机扫码'}
    </Button>
  );
}
