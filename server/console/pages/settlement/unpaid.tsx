import { download } from '../../api/download';
import { useCampaign } from '../../layout/use-campaign';
import { ExportButton } from '../../parts/export-button';
import { Owed } from '../todo/owed';

/** Photographed without having paid, by name, until paid or waived. */
export function Unpaid() {
  const { id } = useCampaign();
  return (
    <Owed
      actions={
        <ExportButton
          what="已拍未付名单"
          save={() => download('GET /api/console/campaigns/:id/unpaid-shots.xlsx', { params: { id } })}
        />
      }
    />
  );
}
