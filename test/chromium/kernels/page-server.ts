// Serves a page that may share memory with its workers: isolated from other origins, as these headers ask.
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** @param files by their path: content type and place on the disk */
export async function servePage(
  files: Record<string, [type: string, file: string]>,
): Promise<{ url: string; close(): void }> {
  const server = http.createServer((request, response) => {
    const served = files[request.url!];
    if (!served)
      response
        .writeHead(request.url === '/' ? 200 : 404, { ...ISOLATED, 'Content-Type': 'text/html' })
        .end('<!doctype html><title>Kernels</title>');
    else
      void readFile(served[1]).then((body) =>
        response.writeHead(200, { ...ISOLATED, 'Content-Type': served[0] }).end(body),
      );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => void server.close() };
}
