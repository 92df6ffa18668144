// A host of files as one rents it: it knows files and byte ranges, and nothing of maps.
import { createServer } from 'node:http';
import { open, stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const types = { '.html': 'text/html', '.mjs': 'text/javascript', '.js': 'text/javascript', '.css': 'text/css' };

/**
 * Serves folders, each below a path of its own. `asked` notes each answer.
 * @param {Record<string, string>} folders @param {number} [port] 0 for a free one
 */
export async function serveFiles(folders, port = 0) {
  /** @type {{path: string, status: number, range: string | undefined, bytes: number}[]} */ const asked = [];
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname));
    const mount = Object.keys(folders).find((prefix) => path.startsWith(prefix)) ?? '';
    const file = join(folders[mount] ?? '/nowhere', path.slice(mount.length));
    const size = await stat(file).then((info) => (info.isFile() ? info.size : -1), () => -1);
    const answer = (/** @type {number} */ status, /** @type {object} */ head, body = Buffer.alloc(0)) => {
      asked.push({ path, status, range: request.headers.range, bytes: body.length });
      response.writeHead(status, { 'Content-Length': body.length, ...head }).end(body);
    };
    if (size < 0) return answer(404, {});
    const head = { 'Content-Type': types[/** @type {keyof types} */ (extname(file))] ?? 'application/octet-stream', 'Accept-Ranges': 'bytes' };
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const [first, last] = range ? [Number(range[1]), Math.min(Number(range[2]), size - 1)] : [0, size - 1];
    if (first > last) return answer(416, { 'Content-Range': `bytes */${size}` });
    const handle = await open(file);
    const body = Buffer.alloc(last - first + 1);
    await handle.read(body, 0, body.length, first);
    await handle.close();
    return answer(range ? 206 : 200, range ? { ...head, 'Content-Range': `bytes ${first}-${last}/${size}` } : head, body);
  });
  await new Promise((resolve) => { server.listen(port, '127.0.0.1', () => resolve(undefined)); });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    stop: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}
