import { DownloadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Tooltip } from 'antd';
import { useComplain } from './complain';

/** Takes a list away as a workbook. */
export function ExportButton({ what, save }: { what: string; save: () => Promise<void> }) {
  const complain = useComplain();
  const saving = useMutation({ mutationFn: save, onError: complain });
  return (
    <Tooltip title={`导出${what}；每次导出都会记入审计`}>
      <Button
        icon={<DownloadOutlined aria-hidden />}
        loading={saving.isPending}
        onClick={() => saving.mutate()}
      >
        导出 Excel
      </Button>
    </Tooltip>
  );
}
