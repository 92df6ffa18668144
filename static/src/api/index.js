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

/** As many ids as the server takes at once. */
const IDS_MAX = 100;

/** @param {string} collection @param {string[]} ids @param {string} format */
async function getItems(collection, ids, format) {
  const query = new URLSearchParams({ f: format, limit: String(IDS_MAX), id: ids.join(',') });
  const response = await fetch(`/api/collections/${collection}/items?${query}`);
  if (!response.ok) throw await problemOf(response);
  return response;
}

/**
 * Fetches features as a file: GeoJSON (RFC 7946) or CSV with one line of names. More of them than the server gives
 * at once come in parts.
 * @param {{ collection: string, ids: string[] }} scope
 * @param {string} format json or csv
 */
export async function getFile({ collection, ids }, format) {
  const parts = [];
  for (let from = 0; from < ids.length; from += IDS_MAX) parts.push(await getItems(collection, ids.slice(from, from + IDS_MAX), format));
  if (format === 'csv') {
    const texts = await Promise.all(parts.map((part) => part.text()));
    const rows = texts.map((text, i) => (i ? text.slice(text.indexOf('\r\n') + 2) : text));
    return new Blob(['\uFEFF', ...rows], { type: 'text/csv;charset=utf-8' });
  }
  const collections = await Promise.all(parts.map((part) => part.json()));
  const features = collections.flatMap((one) => one.features);
  return new Blob([JSON.stringify({ type: 'FeatureCollection', features })], { type: 'application/geo+json' });
}
