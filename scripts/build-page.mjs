// Bundles the page: static/src -> static/dist/assets, with hashed names, a brotli and a gzip twin
// beside every text asset, static/dist/sw.js, the service worker, and static/dist/manifest.json, which
// maps entry names to files. The typeface of the server goes to static/dist/fonts.
// The same sources give the same bytes. Files of an older bundle go only after the new one is
// complete, so a compiler that embeds the folder meanwhile never finds it empty.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import * as esbuild from 'esbuild';
import { copyFonts } from './fonts.mjs';
import { writeTokens } from './tokens.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'static', 'dist');
const entries = { 'main.js': 'static/src/main.js', 'main.css': 'static/src/style/main.css' };
/** What the page's script loads by itself, at once. */
const inTurns = ['node_modules/leaflet/dist/leaflet-src.js', 'static/src/app.js'];
const text = /\.(css|js|json|svg|txt)$/;

const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

/** Bundles the service worker: one script without parts, whose name never changes. @returns {Promise<Uint8Array>} */
async function bundleWorker() {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['static/src/worker/main.js'],
    outfile: 'static/dist/sw.js',
    bundle: true,
    format: 'iife',
    target: 'es2020',
    charset: 'utf8',
    minify: true,
    tsconfigRaw: '{}',
    write: false,
    logLevel: 'warning',
  });
  return outputFiles[0].contents;
}

/** Runs esbuild over the entries. Nothing is written; contents and metafile come back. */
function bundle() {
  return esbuild.build({
    absWorkingDir: root,
    entryPoints: Object.values(entries),
    outdir: 'static/dist/assets',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.png': 'file', '.svg': 'file', '.woff2': 'file' },
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2020',
    charset: 'utf8',
    minify: true,
    legalComments: 'eof',
    tsconfigRaw: '{}',
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
}

/**
 * Maps each entry name to its output, as the server looks it up, and lists the scripts that the page needs at once
 * besides: those that its script loads in turns, and their parts.
 */
function manifestOf(metafile) {
  const outputs = Object.entries(metafile.outputs);
  const outputOf = (source) => outputs.find(([, output]) => output.entryPoint === source)[0];
  const needed = (path) => [path, ...metafile.outputs[path].imports.filter(({ kind }) => kind === 'import-statement').flatMap((part) => needed(part.path))];
  const main = outputOf(entries['main.js']);
  const modules = [...new Set([main, ...inTurns.map(outputOf)].flatMap(needed))].filter((path) => path !== main);
  const local = (path) => relative('static/dist', path);
  const pairs = Object.entries(entries).map(([name, source]) => [name, local(outputOf(source))]);
  return `${JSON.stringify({ ...Object.fromEntries(pairs), modules: modules.map(local) }, null, 2)}\n`;
}

/** Returns [path, bytes] of an asset and, for text, of its compressed twins. */
async function variants({ path, contents }) {
  if (!text.test(path)) return [[path, contents]];
  const params = {
    [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
    [zlib.constants.BROTLI_PARAM_SIZE_HINT]: contents.length,
  };
  const [br, gz] = await Promise.all([brotli(contents, { params }), gzip(contents, { level: 9 })]);
  return [[path, contents], [`${path}.br`, br], [`${path}.gz`, gz]];
}

/** Writes a file unless it already holds these bytes. */
async function put(path, bytes) {
  const old = await readFile(path).catch(() => null);
  if (!old?.equals(bytes)) await writeFile(path, bytes);
}

await writeTokens();
const [{ metafile, outputFiles }, worker] = await Promise.all([bundle(), bundleWorker()]);
const assets = join(dist, 'assets');
await mkdir(assets, { recursive: true });
const files = (await Promise.all(outputFiles.map(variants))).flat();
await Promise.all(files.map(([path, bytes]) => put(path, bytes)));
await put(join(dist, 'sw.js'), worker);
await copyFonts(root, put);
await writeFile(join(dist, 'manifest.json'), manifestOf(metafile)); // its date is what make compares

const keep = new Set(files.map(([path]) => path));
const stale = (await readdir(assets)).map((name) => join(assets, name)).filter((path) => !keep.has(path));
await Promise.all(stale.map((path) => rm(path, { recursive: true })));
