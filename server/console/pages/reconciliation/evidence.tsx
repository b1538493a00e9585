import { PaperClipOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Upload } from 'antd';
import type { EvidenceFile } from '../../../../shared/contract/reconciliation';
import { download } from '../../api/download';
import { upload } from '../../api/upload';
import { useComplain } from '../../parts/complain';
import { useMay } from '../../session/use-session';
import { stamp } from '../../words/format';

/** The files that show how a difference came about; kept, and never taken away again. */
export function Evidence({ id, files }: { id: string; files: readonly EvidenceFile[] }) {
  const may = useMay();
  const complain = useComplain();
  const queries = useQueryClient();
  const attach = useMutation({
    mutationFn: (file: File) =>
      upload('POST /api/console/differences/:id/evidence', { params: { id }, query: {} }, file),
    onSuccess: () => queries.invalidateQueries(),
    onError: complain,
  });
  const open = useMutation({
    mutationFn: (fileId: string) =>
      download('GET /api/console/differences/:id/evidence/:fileId', { params: { id, fileId } }),
    onError: complain,
  });
  const canAttach = may('POST /api/console/differences/:id/evidence');
  if (files.length === 0 && !canAttach) return null;
  return (
    <section aria-label="依据附件">
      {files.map((file) => (
        <div key={file.id} className="row tight">
          <Button
            type="link"
            size="small"
            icon={<PaperClipOutlined aria-hidden />}
            loading={open.isPending && open.variables === file.id}
            onClick={() => open.mutate(file.id)}
          >
            {file.name}
          </Button>
          <span className="faint number">
            {Math.ceil(file.bytes / 1024)} KB · {file.by} {stamp(file.at)}
          </span>
        </div>
      ))}
      {canAttach && (
        <Upload
          accept=".pdf,.png,.jpg,.jpeg"
          showUploadList={false}
          beforeUpload={(file) => {
            attach.mutate(file);
            // The file goes our own way.
            return false;
          }}
        >
          <Button size="small" icon={<PaperClipOutlined aria-hidden />} loading={attach.isPending}>
            附上依据（PDF、JPG、PNG，5 MB 以内）
          </Button>
        </Upload>
      )}
    </section>
  );
}
