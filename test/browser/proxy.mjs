// A server between browser and program, for the tests of what happens when the way between them fails or the
// program is replaced by another version. What the browser keeps belongs to the address of this server.
import { createServer, request } from 'node:http';
import { once } from 'node:events';

/**
 * @typedef {object} Way what happens to requests; each may be changed at any time
 * @property {(path: string) => string} path what the program is asked for
 * @property {(body: string, path: string) => string} text changes a text
 * @property {(headers: import('node:http').OutgoingHttpHeaders, path: string) => void} headers changes headers
 * @property {(path: string) => 'pass' | 'cut' | 'drop' | 'hang' | number} fate cut ends in the middle of the body, drop
 *   closes the connection, hang never answers, a number is the status of an empty answer
 */

/** @returns {Way} */
const straight = () => ({ path: (path) => path, text: (body) => body, headers: () => {}, fate: () => 'pass' });

/** @param {string} target address of the program */
export async function startProxy(target) {
  const way = straight();
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/';
    const fate = way.fate(path);
    if (fate === 'drop') return incoming.socket.destroy();
    if (fate === 'hang') return undefined;
    if (typeof fate === 'number') return outgoing.writeHead(fate, { 'Content-Type': 'text/html' }).end('<!doctype html><title>failed</title>');
    const headers = { ...incoming.headers, 'accept-encoding': 'identity' };
    delete headers['if-none-match']; // what the browser holds may have been changed here
    const onward = request(target + way.path(path), { method: incoming.method, headers }, (answer) => {
      const chunks = /** @type {Buffer[]} */ ([]);
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => {
        const body = Buffer.concat(chunks);
        const isText = /text|json|javascript/.test(answer.headers['content-type'] ?? '');
        const sent = isText && body.length ? Buffer.from(way.text(body.toString('utf8'), path)) : body;
        const given = { ...answer.headers };
        if (!sent.equals(body)) delete given.etag;
        way.headers(given, path);
        if (incoming.method !== 'HEAD' && given['content-length']) given['content-length'] = String(sent.length);
        outgoing.writeHead(answer.statusCode ?? 500, given);
        if (fate === 'pass') return outgoing.end(sent);
        outgoing.write(sent.subarray(0, sent.length / 2), () => outgoing.destroy());
      });
    });
    onward.on('error', () => incoming.socket.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    way,
    /** Lets requests pass as they are. */
    straighten: () => void Object.assign(way, straight()),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
