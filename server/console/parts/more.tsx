import { Button } from 'antd';

/** The way on at the end of a list that comes in pages. */
export function More({
  of,
  size,
}: {
  of: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  /** Rows of a page. */
  size: number;
}) {
  if (!of.hasNextPage) return null;
  return (
    <div className="more">
      <Button loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        再看 {size} 条
      </Button>
    </div>
  );
}
