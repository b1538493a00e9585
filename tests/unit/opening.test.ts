import { opening } from '../support/opening';

const closer = (closed: string[], name: string) => async () => {
  closed.push(name);
};

it('closes what stands already when a later step fails, the last first, and tells of the failure', async () => {
  const closed: string[] = [];
  const opened = opening(async (closeLater) => {
    closeLater(closer(closed, 'stack'));
    closeLater(closer(closed, 'ground'));
    throw new Error('no victim');
  });
  await expect(opened).rejects.toThrow('no victim');
  expect(closed).toEqual(['ground', 'stack']);
});

it('leaves what could be opened open', async () => {
  const closed: string[] = [];
  const opened = await opening(async (closeLater) => {
    closeLater(closer(closed, 'stack'));
    return 'open';
  });
  expect({ opened, closed }).toEqual({ opened: 'open', closed: [] });
});
