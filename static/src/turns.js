/**
 * Long work in small shares, so that nobody has to wait for the page meanwhile.
 * @module turns
 */

/** Milliseconds of each frame that may be used. */
const SHARE = 8;

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
 * Does steps one after the other, in each frame as many as its share has room for.
 * @param {() => boolean} step does one step and says whether there are more
 * @returns {() => void} ends it
 */
export function inShares(step) {
  let frame = 0;
  function some() {
    const end = performance.now() + SHARE;
    let more = true;
    while (more && performance.now() < end) more = step();
    frame = more ? requestAnimationFrame(some) : 0;
  }
  frame = requestAnimationFrame(some);
  return () => cancelAnimationFrame(frame);
}
