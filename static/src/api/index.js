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

/** Fetches JSON. @param {string} url @param {RequestInit} [init] @returns {Promise<any>} */
export async function getJSON(url, init) {
  const response = await fetch(url, init);
  if (!response.ok) throw await problemOf(response);
  return response.json();
}

/**
 * Fetches the data pack, as the page has preloaded it.
 * @param {string} url
 * @returns {Promise<import('../model/types.js').Pack>}
 */
export const getPack = (url) => getJSON(url, { credentials: 'same-origin', mode: 'cors' });
