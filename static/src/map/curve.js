/**
 * Curves: the bows of the symbolic links, and lines without corners. Knows no DOM.
 * @module map/curve
 */

const PARTS = 24;
const BOW = 0.13;

/**
 * Returns a curve between two positions that bows to one side; north of the start it bows east, so that
 * neighbouring links fan out.
 * @param {number[]} from longitude, latitude
 * @param {number[]} to
 * @returns {number[][]}
 */
export function bow(from, to) {
  const shrink = Math.cos((from[1] * Math.PI) / 180);
  const [dx, dy] = [(to[0] - from[0]) * shrink, to[1] - from[1]];
  const side = dx * dy >= 0 ? 1 : -1;
  const knee = [(from[0] + to[0]) / 2 - (dy * BOW * side) / shrink, (from[1] + to[1]) / 2 + dx * BOW * side];
  return Array.from({ length: PARTS + 1 }, (_, i) => {
    const t = i / PARTS;
    return [0, 1].map((axis) => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * knee[axis] + t * t * to[axis]);
  });
}

/**
 * Rounds the corners of a line by cutting them twice; the ends stay.
 * @param {number[][]} line
 * @returns {number[][]}
 */
export function smooth(line) {
  const closed = String(line[0]) === String(line[line.length - 1]);
  /** @param {number[]} a @param {number[]} b @param {number} t */
  const between = (a, b, t) => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
  let points = line;
  for (let pass = 0; pass < 2 && line.length > 2; pass++) {
    const cut = points.slice(1).flatMap((b, i) => [between(points[i], b, 0.25), between(points[i], b, 0.75)]);
    points = closed ? [...cut, cut[0]] : [points[0], ...cut, points[points.length - 1]];
  }
  return points;
}
