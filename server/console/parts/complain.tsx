import { App } from 'antd';
import { useCallback } from 'react';
import { NotConfirmed } from '../api/approval';
import { ApiError, hasCode } from '../api/errors';

/** Tells, in one way everywhere, that something could not be done. */
export function useComplain(): (error: unknown) => void {
  const { notification } = App.useApp();
  return useCallback(
    (error) => {
      if (error instanceof NotConfirmed) return;
      if (hasCode(error, 'CHANGED_MEANWHILE')) {
        notification.warning({
          key: 'changed',
          title: '刚被别人改过，没有保存',
          description: '已经载入最新内容。请看过之后，需要的话再操作一次。',
          duration: 0,
        });
        return;
      }
      notification.error({ title: '没有办成', description: <Said error={error} />, duration: 8 });
    },
    [notification],
  );
}

/** The sentence of an error, and the number that an operator can look up. */
export function Said({ error }: { error: unknown }) {
  const message = error instanceof Error ? error.message : String(error);
  return (
    <>
      {message}
      {error instanceof ApiError && error.status >= 500 && (
        <div className="faint">报修时请提供编号 {error.requestId}</div>
      )}
    </>
  );
}
