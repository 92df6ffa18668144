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
 * Does steps with a turn between any two.
 * @param {Iterator<unknown>} steps
 * @param {() => boolean} wanted whether the next one still is; the others are left out
 */
export async function inTurns(steps, wanted) {
  while (wanted() && !steps.next().done) await turn();
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
