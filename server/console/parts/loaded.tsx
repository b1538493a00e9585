import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Result, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Said } from './complain';

/** What was read, or that it is on its way, or why not and a way to try again. */
export function Loaded<T>({
  query,
  rows = 4,
  children,
}: {
  query: UseQueryResult<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (!query.isError) return <Skeleton active paragraph={{ rows }} />;
  return (
    <Result
      status="warning"
      title="没有读到内容"
      subTitle={<Said error={query.error} />}
      extra={
        <Button type="primary" onClick={() => void query.refetch()}>
          再试一次
        </Button>
      }
    />
  );
}
