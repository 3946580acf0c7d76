// Electron's protocol: Chromium knows no app://, so what the app serves there is also served on a loopback address,
// with the app's own headers.
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

type Handler = (request: { url: string }) => Promise<Response>;

let server: http.Server;
let listening: Promise<unknown>;

export const protocol = {
  registerSchemesAsPrivileged: () => undefined,
  handle(scheme: string, handler: Handler): void {
    server = http.createServer(
      (request, response) => void serve(`${scheme}://studio${request.url}`, handler, response),
    );
    listening = once(server, 'listening');
    server.listen(0, '127.0.0.1');
  },
};

async function serve(url: string, handler: Handler, response: http.ServerResponse): Promise<void> {
  const { status, headers, ...answer } = await handler({ url }).then(async (found) => ({
    status: found.status,
    headers: found.headers,
    body: await found.arrayBuffer(),
  }));
  response.writeHead(status, Object.fromEntries(headers)).end(Buffer.from(answer.body));
}

/** Where a page of app:// is served. */
export async function pageAddress(url: string): Promise<string> {
  await listening;
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(url).pathname}`;
}
