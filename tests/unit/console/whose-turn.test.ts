import { awaitedApproval, waitsFor } from '../../../server/console/words/whose-turn';

const MAKER = '财务处王会计';
const reader = (name: string, mayDecide = true) => ({ name, mayDecide });

describe('what one person asked and another approves', () => {
  it('waits for the reader when it is the reader who may approve', () => {
    expect(waitsFor(reader('财务处赵主管'), MAKER)).toBe(true);
    expect(awaitedApproval(reader('财务处赵主管'), MAKER)).toBe('等您审批');
  });

  it.each([
    ['who asked', reader(MAKER)],
    ['who may not approve', reader('教务处刘老师', false)],
  ])('waits for somebody else when the reader is the one %s', (_, one) => {
    expect(waitsFor(one, MAKER)).toBe(false);
    expect(awaitedApproval(one, MAKER)).toBe('等另一位财务同事审批');
  });
});
