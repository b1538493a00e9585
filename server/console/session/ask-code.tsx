import { useMutation } from '@tanstack/react-query';
import { Alert, Modal } from 'antd';
import { useState, useSyncExternalStore } from 'react';
import { type Asked, approval } from '../api/approval';
import { Said } from '../parts/complain';
import { CodeField } from './code-field';
import { DemoCode } from './demo-code';
import { EnrolAuthenticator } from './enrol-authenticator';

/** Over whatever page wants to approve something. What was filled in there stays. */
export function AskCode() {
  const asked = useSyncExternalStore(approval.subscribe, approval.get);
  return asked && <Question asked={asked} />;
}

/** Above a dialog or a question that has asked to approve. */
const ON_TOP = 1_200;

function Question({ asked }: { asked: Asked }) {
  const [isEnrolled, setEnrolled] = useState(!asked.isMissing);
  return (
    <Modal
      open
      title={isEnrolled ? '用手机验证器确认' : '先绑定手机验证器'}
      width={420}
      zIndex={ON_TOP}
      footer={null}
      mask={{ closable: false }}
      onCancel={asked.giveUp}
    >
      {isEnrolled ? (
        <Code asked={asked} isNew={asked.isMissing} />
      ) : (
        <>
          <p className="soft">审批会动钱，除了密码还要看一眼您的手机。绑定一次，以后只输 6 位数字。</p>
          <EnrolAuthenticator onDone={() => setEnrolled(true)} />
        </>
      )}
    </Modal>
  );
}

function Code({ asked, isNew }: { asked: Asked; isNew: boolean }) {
  const [code, setCode] = useState('');
  const attempt = useMutation({
    mutationFn: asked.attempt,
    onError: () => setCode(''),
  });
  return (
    <>
      <p className="soft">
        {isNew
          ? '绑定好了。请等验证器换下一组数字，再输入一次。'
          : '打开手机上的验证器，输入“图采预约”现在的 6 位数字。'}
      </p>
      <CodeField
        label="验证码"
        okText="确认"
        code={code}
        isPending={attempt.isPending}
        onChange={setCode}
        onConfirm={attempt.mutate}
      />
      {attempt.error && (
        <Alert className="gap-above" type="error" showIcon title={<Said error={attempt.error} />} />
      )}
      <DemoCode onFill={setCode} />
    </>
  );
}
