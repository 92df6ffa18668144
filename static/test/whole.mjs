import { compose } from '../src/map/scene.js';

/** Composes a scene at once. @param {import('../src/map/scene.js').Setting} setting */
export function whole(setting) {
  const steps = compose(setting);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}
