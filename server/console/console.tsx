import { QueryClientProvider } from '@tanstack/react-query';
import { App, Button, ConfigProvider, Result, Spin } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import { type ReactNode, useEffect, useState } from 'react';
import { BrowserRouter } from 'react-router';
import { createQueryClient } from './api/hooks';
import { session } from './api/session';
import { NowProvider } from './demo/now';
import { useIsDark } from './layout/appearance';
import { Pages } from './pages/pages';
import { Said } from './parts/complain';
import { AskCode } from './session/ask-code';
import { MustChangePassword } from './session/change-password';
import { SignInAgain } from './session/sign-in-again';
import { SignInPage } from './session/sign-in-page';
import { UserContext, useSession } from './session/use-session';
import { themeOf } from './theme';

export function Console() {
  const isDark = useIsDark();
  return (
    <ConfigProvider locale={zhCN} theme={themeOf(isDark)} button={{ autoInsertSpace: false }}>
      <App className="whole">
        <BrowserRouter basename="/console">
          <SignedIn />
        </BrowserRouter>
      </App>
    </ConfigProvider>
  );
}

function SignedIn() {
  const now = useSession();
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    session.begin().catch(setFailure);
  }, []);

  if (failure) return <NotReached error={failure} />;
  if (now.kind === 'starting') return <Spin size="large" className="centred" aria-label="正在打开" />;
  if (now.kind === 'signed_out') {
    return (
      <OwnMemory key="nobody">
        <SignInPage />
      </OwnMemory>
    );
  }
  return (
    <OwnMemory key={now.user.id}>
      <UserContext.Provider value={now.user}>
        {now.kind === 'expired' && <SignInAgain user={now.user} />}
        {now.user.mustChangePassword ? (
          <MustChangePassword user={now.user} />
        ) : (
          <NowProvider>
            <Pages />
            <AskCode />
          </NowProvider>
        )}
      </UserContext.Provider>
    </OwnMemory>
  );
}

/** What one person read is never shown to the next. */
function OwnMemory({ children }: { children: ReactNode }) {
  const [queries] = useState(createQueryClient);
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}

function NotReached({ error }: { error: unknown }) {
  return (
    <Result
      status="warning"
      title="没有连上服务器"
      subTitle={<Said error={error} />}
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          再试一次
        </Button>
      }
    />
  );
}
