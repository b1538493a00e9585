import type { World } from '../../server/world';

/** A day's trade bill and fund-flow bill as WeChat gives them: BOM, CRLF, a backtick before every value. */
export async function billFiles(
  { pay }: Pick<World, 'pay'>,
  { mchid, day }: { mchid: string; day: string },
): Promise<[Buffer, Buffer]> {
  const gateway = await pay.merchantGateway(mchid);
  return [await read(await gateway.tradeBill(day, 'ALL')), await read(await gateway.fundFlowBill(day))];
}

type Gateway = Awaited<ReturnType<World['pay']['merchantGateway']>>;

async function read(answer: Awaited<ReturnType<Gateway['tradeBill']>>): Promise<Buffer> {
  if (answer.status !== 'ready') throw new Error(`no bill: ${answer.status}`);
  const chunks: Buffer[] = [];
  for await (const chunk of answer.content as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
