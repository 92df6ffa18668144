// Runs `go test` with the given arguments and reports what a reader wants: a line per package,
// the full output of what failed, every skipped test with its reason, and the counts.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** @typedef {{Action: string, Package?: string, Test?: string, Output?: string, Elapsed?: number, ImportPath?: string}} Event */

const counts = { pass: 0, fail: 0, skip: 0 };
const output = new Map(); // package or package/test -> lines, until it ends
const skipped = [];

/** @param {Event} event */
function keyOf(event) {
  return event.Test ? `${event.Package}/${event.Test}` : event.Package ?? '';
}

/** Ends a test: counts it, prints it when it failed, remembers it when it was skipped. @param {Event} event */
function endTest(event) {
  const text = (output.get(keyOf(event)) ?? []).join('');
  output.delete(keyOf(event));
  counts[event.Action] += 1;
  if (event.Action === 'fail') process.stdout.write(text);
  if (event.Action === 'skip') skipped.push(`  ${keyOf(event)}: ${text.replace(/^\s*(===|---).*\n/gm, '').trim()}`);
}

/** Ends a package: one line, and what its tests did not claim when it failed. @param {Event} event */
function endPackage(event) {
  const lines = output.get(keyOf(event)) ?? [];
  output.delete(keyOf(event));
  if (event.Action === 'fail') {
    for (const [key, pending] of output) { // a panic or a time-out leaves tests without an end
      if (key.startsWith(`${event.Package}/`)) process.stdout.write(pending.join(''));
    }
    process.stdout.write(lines.join(''));
  } else {
    process.stdout.write(lines.at(-1) ?? '');
  }
}

/** @param {Event} event */
function handle(event) {
  if (event.Action === 'build-output') process.stdout.write(event.Output ?? '');
  if (event.Action === 'output') {
    const key = keyOf(event);
    if (!output.has(key)) output.set(key, []);
    output.get(key).push(event.Output ?? '');
  }
  if (event.Action in counts) (event.Test ? endTest : endPackage)(event);
}

const go = spawn('go', ['test', '-json', ...process.argv.slice(2)], { stdio: ['ignore', 'pipe', 'inherit'] });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => go.kill(signal));
const ended = new Promise((resolve) => go.on('close', (code) => resolve(code ?? 1)));
for await (const line of createInterface({ input: go.stdout })) {
  if (line.startsWith('{')) handle(JSON.parse(line));
  else console.log(line);
}
if (skipped.length > 0) console.log(`skipped:\n${skipped.join('\n')}`);
console.log(`${counts.pass} passed, ${counts.fail} failed, ${counts.skip} skipped`);
process.exitCode = await ended;
