/**
 * Reads from the server. An answer that is no success becomes a ProblemError made of its
 * application/problem+json (RFC 9457).
 * @module api
 */

/** An answer of the server that is no success. */
export class ProblemError extends Error {
  /** @param {{ status: number, title?: string, detail?: string, instance?: string }} problem */
  constructor({ status, title = '', detail = '', instance = '' }) {
    super(detail || title || String(status));
    this.name = 'ProblemError';
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.instance = instance;
  }
}

/** @param {Response} response @returns {Promise<ProblemError>} */
async function problemOf(response) {
  const { status } = response;
  if (!response.headers.get('content-type')?.includes('json')) return new ProblemError({ status });
  const body = await response.json().catch(() => ({}));
  return new ProblemError({ ...body, status });
}

/** Fetches JSON. @param {string} url @param {RequestInit} [init] @param {(response: Response) => void} [seen] sees a good answer before it is read @returns {Promise<any>} */
export async function getJSON(url, init, seen) {
  const response = await fetch(url, init);
  if (!response.ok) throw await problemOf(response);
  seen?.(response);
  return response.json();
}

/**
 * Fetches the data pack, as the page has preloaded it. What is JSON but no pack is refused.
 * @param {string} url
 * @param {(response: Response) => void} [seen]
 * @returns {Promise<import('../model/types.js').Pack>}
 */
export async function getPack(url, seen) {
  const pack = await getJSON(url, { credentials: 'same-origin', mode: 'cors' }, seen);
  if (!Array.isArray(pack?.areas) || !pack.document) throw new Error(`${url} holds no layout`);
  return pack;
}
