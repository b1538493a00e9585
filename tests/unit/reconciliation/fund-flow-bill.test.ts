import { noFlow, readFundFlowBill } from '../../../server/modules/reconciliation/fund-flow-bill';
import { all, DAY, expense, FLOW_COLUMNS, flowFile, flowSums, income, stream } from './support/bill-files';

async function read(text: string, day = DAY) {
  const totals = noFlow();
  const rows = await all(readFundFlowBill(stream(text), { day }, totals));
  return { rows, totals };
}

const refusal = (reason: string) => ({
  code: 'BILL_REFUSED',
  details: { reason: expect.stringContaining(reason) },
});

describe('a fund-flow bill', () => {
  it('becomes movements in fen, positive in and negative out, with the footer agreeing', async () => {
    const { rows, totals } = await read(flowFile());
    const at = new Date('2022-11-19T01:05:00Z');
    const wechatNo = '4200001234202211191234567890';
    expect(rows).toEqual([
      { flowNo: '10001', wechatNo, type: '交易', fen: 3000, at },
      { flowNo: '10002', wechatNo, type: '扣除交易手续费', fen: -18, at },
    ]);
    expect(totals).toEqual({ rows: 2, inRows: 1, inFen: 3000, outRows: 1, outFen: 18 });
  });

  it('may write its brackets wide', async () => {
    const wide = flowFile().replaceAll('(元)', '（元）');
    expect(await read(wide)).toEqual(await read(flowFile()));
  });

  it('keeps kinds of movement that nobody told us of: matching decides about them', async () => {
    const rows = [{ ...income, 业务类型: '充值' }, expense];
    expect((await read(flowFile({ rows }))).rows[0]).toMatchObject({ type: '充值', fen: 3000 });
  });

  it.each(Object.keys(flowSums))('is refused when its footer is wrong in %s', async (name) => {
    const footer = { ...flowSums, [name]: '7' };
    await expect(read(flowFile({ footer }))).rejects.toMatchObject(refusal(`“${name}”`));
  });

  it('is refused when it is of another day, cut short, lacks a column or a direction', async () => {
    await expect(read(flowFile(), '2022-11-20')).rejects.toMatchObject(refusal('2022-11-19'));
    const text = flowFile();
    await expect(read(text.slice(0, text.indexOf('资金流水总笔数')))).rejects.toMatchObject(
      refusal('汇总行'),
    );
    const columns = FLOW_COLUMNS.filter((name) => name !== '业务类型');
    await expect(read(flowFile({ columns }))).rejects.toMatchObject(refusal('业务类型'));
    const rows = [{ ...income, 收支类型: '其他' }, expense];
    await expect(read(flowFile({ rows }))).rejects.toMatchObject(refusal('其他'));
  });
});
