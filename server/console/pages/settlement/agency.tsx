import { PrinterOutlined } from '@ant-design/icons';
import { Alert, Button, Empty } from 'antd';
import type { AgencySheet } from '../../../../shared/contract/settlement';
import { download } from '../../api/download';
import { useRead } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { ExportButton } from '../../parts/export-button';
import { Loaded } from '../../parts/loaded';
import { count, stamp, yuan } from '../../words/format';

/** Shots by college and fee item, net of refunds, held against the ledger: on screen, on paper, in Excel. */
export function Agency() {
  const campaign = useCampaign();
  const of = { params: { id: campaign.id } };
  const sheet = useRead('GET /api/console/campaigns/:id/agency-sheet', of);
  return (
    <Loaded query={sheet} rows={8}>
      {(known) => (
        <div className="stack">
          <div className="row no-print">
            <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
              打印
            </Button>
            <ExportButton
              what="结算单"
              save={() => download('GET /api/console/campaigns/:id/agency-sheet.xlsx', of)}
            />
            {campaign.collectionClosedAt === null && (
              <span className="soft">采集还没有结束，数字还会变；结束并退完款以后再结算。</span>
            )}
          </div>
          {!known.ties && (
            <Alert
              type="error"
              showIcon
              title="结算单和分录对不上，先不要结算"
              description="请把这张单子交给系统管理员核查。"
            />
          )}
          {known.rows.length === 0 ? <Empty description="还没有人拍摄" /> : <Sheet sheet={known} />}
        </div>
      )}
    </Loaded>
  );
}

function Sheet({ sheet: { items, rows, total, unshot, ledger, at } }: { sheet: AgencySheet }) {
  const { schoolName, name } = useCampaign();
  const ledgerFen = ledger.reduce((sum, { netFen }) => sum + netFen, 0);
  const columns = 6 + items.length * 3;
  return (
    <article className="sheet printed agency">
      <h2>
        {schoolName} {name} · 与拍摄单位结算单
      </h2>
      <p className="soft number">单位：元。净额 = 收款 − 退款，按分录计算；截至 {stamp(at)}</p>
      <div className="wide-table">
        <table className="number">
          <thead>
            <tr>
              <th rowSpan={2} scope="col">
                学院
              </th>
              <th colSpan={4} scope="colgroup">
                拍摄人数
              </th>
              {items.map(({ code, name: item, amountFen }) => (
                <th key={code} colSpan={3} scope="colgroup">
                  {item}（每人 {yuan(amountFen)}）
                </th>
              ))}
              <th rowSpan={2} scope="col">
                净额合计
              </th>
            </tr>
            <tr>
              {['合计', '已付', '待缴', '免缴', ...items.flatMap(() => ['收款', '退款', '净额'])].map(
                (heading, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the headings never change their order
                  <th key={index} scope="col">
                    {heading}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ college, ...row }) => (
              <Row key={college} name={college} row={row} />
            ))}
          </tbody>
          <tfoot>
            <Row name="合计" row={total} />
            <tr className="besides">
              <th scope="row" colSpan={columns - 1}>
                另有已付未拍、还没有退的 {count(unshot.bookings)} 人
              </th>
              <td>{yuan(unshot.netFen)}</td>
            </tr>
            <tr className="besides">
              <th scope="row" colSpan={columns - 1}>
                按分录，本批次收费净额
              </th>
              <td>{yuan(ledgerFen)}</td>
            </tr>
            <tr className="besides">
              <th scope="row" colSpan={columns - 1}>
                相差
              </th>
              <td>{yuan(ledgerFen - total.netFen - unshot.netFen)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      <p className="signatures">
        <span>学校经办：</span>
        <span>学校复核：</span>
        <span>拍摄单位：</span>
        <span>日期：</span>
      </p>
    </article>
  );
}

function Row({ name, row }: { name: string; row: AgencySheet['total'] }) {
  const { shots, paid, owed, waived, items, netFen } = row;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{count(shots)}</td>
      <td>{count(paid)}</td>
      <td>{count(owed)}</td>
      <td>{count(waived)}</td>
      {items.map(({ code, receivedFen, refundedFen, netFen: itemFen }) => (
        <Amounts key={code} fens={[receivedFen, refundedFen, itemFen]} />
      ))}
      <td>
        <strong>{yuan(netFen)}</strong>
      </td>
    </tr>
  );
}

const Amounts = ({ fens: [received, refunded, net] }: { fens: readonly [number, number, number] }) => (
  <>
    <td>{yuan(received)}</td>
    <td>{yuan(refunded)}</td>
    <td>{yuan(net)}</td>
  </>
);
