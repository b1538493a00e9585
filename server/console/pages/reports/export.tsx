import type { ReportName } from '../../../../shared/contract/reports';
import { download } from '../../api/download';
import { ExportButton } from '../../parts/export-button';
import { useReportRequest } from './asked';

/** The report that is on screen, whole, as a workbook. */
export function Export({ report, what }: { report: ReportName; what: string }) {
  const { params, query } = useReportRequest();
  return (
    <ExportButton
      what={what}
      save={() =>
        download('GET /api/console/merchants/:merchantId/reports.xlsx', {
          params,
          query: { ...query, report },
        })
      }
    />
  );
}
