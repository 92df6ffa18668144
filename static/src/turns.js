/**
 * Long work in small shares, so that nobody has to wait for the page meanwhile.
 * @module turns
 */

/** Milliseconds of each frame that may be used. */
const SHARE = 8;
/** A frame in which others have used them is left out, but not this many one after the other. */
const PATIENCE = 4;

/** Lets the browser do what waits: input, painting. @returns {Promise<void>} */
export const turn = () => new Promise((resolve) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    channel.port1.close();
    resolve();
  };
  channel.port2.postMessage(null);
});

/**
 * Does steps one after the other, with a turn in between as soon as some milliseconds are used.
 * @param {Iterator<unknown>} steps
 * @param {() => boolean} wanted whether the next one still is; the others are left out
 * @param {number} stint how many milliseconds; 0 has a turn between any two steps
 */
export async function inTurns(steps, wanted, stint) {
  let end = performance.now() + stint;
  while (wanted() && !steps.next().done) {
    if (performance.now() < end) continue;
    await turn();
    end = performance.now() + stint;
  }
}

/**
 * Does steps one after the other, in each frame as many as its share has room for.
 * @param {() => boolean} step does one step and says whether there are more
 * @returns {() => void} ends it
 */
export function inShares(step) {
  let left = 0;
  /** @param {number} began of the frame */
  function some(began) {
    const end = began + SHARE;
    let more = true;
    if (performance.now() >= end && left < PATIENCE) left += 1;
    else {
      left = 0;
      do more = step();
      while (more && performance.now() < end);
    }
    frame = more ? requestAnimationFrame(some) : 0;
  }
  let frame = requestAnimationFrame(some);
  return () => cancelAnimationFrame(frame);
}
