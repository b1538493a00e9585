import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { whenClosed } from '../../../server/http/when-closed';

/** What happens to an answer whose listener goes: before somebody minds, or after. */
async function leaves(minds: 'before' | 'after'): Promise<number> {
  let left = 0;
  const leave = () => {
    left += 1;
  };
  const server = createServer();
  const asked = new Promise<ServerResponse>((resolve) => {
    server.once('request', (_, response) => resolve(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n');
  const response = await asked;
  const gone = once(response, 'close');
  if (minds === 'before') whenClosed(response, leave);
  socket.destroy();
  await gone;
  if (minds === 'after') whenClosed(response, leave);
  server.close();
  return left;
}

it('is told of a listener who goes', async () => {
  expect(await leaves('before')).toBe(1);
});

it('is told of one who was gone before anybody asked', async () => {
  expect(await leaves('after')).toBe(1);
});
