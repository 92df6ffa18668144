// Copies the typeface that the server draws names with to static/dist/fonts: the subset files of one
// weight in WOFF 1, the licence that travels with them, and face.json, which says which characters each
// file is for, the small files of alphabets first.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const face = { name: 'Noto Sans SC', package: '@fontsource/noto-sans-sc', stem: 'noto-sans-sc', weight: 400 };

/** Lists the subsets of a package as [name, ranges], alphabets first. @returns {Promise<[string, string][]>} */
async function subsetsOf(folder) {
  const ranges = JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8'));
  const named = Object.entries(ranges).map(([key, range]) => [key.replace(/[[\]]/g, ''), range]);
  const alphabet = ([name]) => !/^\d+$/.test(name);
  return [...named.filter(alphabet).reverse(), ...named.filter((entry) => !alphabet(entry))];
}

/** Copies the typeface; put writes one file. @param {string} root @param {(path: string, bytes: Uint8Array) => Promise<void>} put */
export async function copyFonts(root, put) {
  const from = join(root, 'node_modules', face.package);
  const to = join(root, 'static', 'dist', 'fonts', face.stem);
  await mkdir(to, { recursive: true });
  const subsets = await subsetsOf(from);
  const files = await Promise.all(subsets.map(async ([name]) => [
    `${name}.woff`, await readFile(join(from, 'files', `${face.stem}-${name}-${face.weight}-normal.woff`)),
  ]));
  const index = {
    name: face.name,
    subsets: subsets.map(([name, ranges]) => ({ file: `${name}.woff`, ranges })),
  };
  files.push(['LICENSE', await readFile(join(from, 'LICENSE'))]);
  files.push(['face.json', Buffer.from(`${JSON.stringify(index, null, 1)}\n`)]);
  await Promise.all(files.map(([name, bytes]) => put(join(to, name), bytes)));
  const keep = new Set(files.map(([name]) => name));
  await Promise.all((await readdir(to)).filter((name) => !keep.has(name)).map((name) => rm(join(to, name))));
}
