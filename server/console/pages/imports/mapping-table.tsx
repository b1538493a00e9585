import { InputNumber, Select } from 'antd';
import type { RowProblem } from '../../../../shared/contract/campaigns';
import { groupBy } from '../../parts/group-by';
import type { Layout, Opened } from './steps';

type Fields = Opened['import']['fields'];

/** The first rows of the sheet; above every column what it is taken for. */
export function MappingTable({
  fields,
  sheet,
  layout,
  problems,
  onChange,
}: {
  fields: Fields;
  sheet: Opened['sheet'];
  layout: Layout;
  problems: readonly RowProblem[];
  onChange: (layout: Layout) => void;
}) {
  const width = Math.max(1, ...sheet.rows.map(({ cells }) => cells.length));
  const fieldAt = new Map(Object.entries(layout.columns).map(([field, column]) => [column, field]));
  const byLine = groupBy(problems, ({ line }) => line);
  const choose = (column: number, field: string | undefined) => {
    const kept = Object.entries(layout.columns).filter(([name, at]) => at !== column && name !== field);
    onChange({ ...layout, columns: Object.fromEntries([...kept, ...(field ? [[field, column]] : [])]) });
  };
  const missing = fields.filter(({ field, isNeeded }) => isNeeded && layout.columns[field] === undefined);
  return (
    <>
      <div className="toolbar">
        <span className="row">
          <span className="soft">表头在第</span>
          <InputNumber
            aria-label="表头所在行"
            size="small"
            min={0}
            max={10_000}
            value={layout.headingLine}
            changeOnBlur
            onChange={(line) => onChange({ ...layout, headingLine: line ?? 0 })}
          />
          <span className="soft">行</span>
        </span>
        <span className="fill" />
        <span className={missing.length > 0 ? 'warn' : 'soft'}>
          {missing.length > 0
            ? `还要指定：${missing.map(({ label }) => label).join('、')}`
            : '列名已认出，不对的可以在表头上改'}
        </span>
      </div>
      <div className="mapping-scroll">
        <table className="mapping">
          <thead>
            <tr>
              <th scope="col">行</th>
              {numbers(width).map((column) => (
                <th scope="col" key={column}>
                  <Select
                    aria-label={`第 ${column + 1} 列是`}
                    size="small"
                    className={fieldAt.has(column) ? 'mapped' : ''}
                    value={fieldAt.get(column)}
                    placeholder="不导入"
                    allowClear
                    options={fields.map(({ field, label, isNeeded }) => ({
                      value: field,
                      label: isNeeded ? `${label} *` : label,
                    }))}
                    onChange={(field: string | undefined) => choose(column, field)}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sheet.rows.map(({ line, cells }) => (
              <tr key={line} className={line <= layout.headingLine ? 'is-heading' : ''}>
                <th scope="row">{line}</th>
                {numbers(width).map((column) => {
                  const found = (byLine.get(line) ?? []).find((one) => one.column === fieldAt.get(column));
                  return (
                    <td
                      key={column}
                      className={found ? `cell-${found.severity}` : ''}
                      title={found ? found.message : cells[column]}
                    >
                      {cells[column] ?? ''}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
