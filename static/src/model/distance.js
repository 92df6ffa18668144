/**
 * Distances on the ellipsoid of WGS 84. Knows no DOM.
 * @module model/distance
 */

const A = 6378137;
const F = 1 / 298.257223563;
const B = A * (1 - F);
const RAD = Math.PI / 180;
const ROUNDS = 100;

/**
 * Returns the length of the geodesic between two positions in metres, good to a millimetre (T. Vincenty, "Direct
 * and inverse solutions of geodesics on the ellipsoid", Survey Review 23, 1975, with his letters). Close to the
 * point on the other side of the earth, where his iteration does not settle, it is good to 0.6 %.
 * @param {number[]} from longitude, latitude in degrees
 * @param {number[]} to longitude, latitude in degrees
 */
export function distanceM([lon1, lat1], [lon2, lat2]) {
  const L = (((lon2 - lon1 + 540) % 360) - 180) * RAD;
  const U1 = Math.atan((1 - F) * Math.tan(lat1 * RAD));
  const U2 = Math.atan((1 - F) * Math.tan(lat2 * RAD));
  const [sinU1, cosU1, sinU2, cosU2] = [Math.sin(U1), Math.cos(U1), Math.sin(U2), Math.cos(U2)];
  let lambda = L;
  for (let round = 0; round < ROUNDS; round += 1) {
    const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
    const sinS = Math.hypot(cosU2 * sinL, cosU1 * sinU2 - sinU1 * cosU2 * cosL);
    if (sinS === 0) return 0;
    const cosS = sinU1 * sinU2 + cosU1 * cosU2 * cosL;
    const sigma = Math.atan2(sinS, cosS);
    const sinA = (cosU1 * cosU2 * sinL) / sinS;
    const cos2A = 1 - sinA * sinA;
    const cos2M = cos2A === 0 ? 0 : cosS - (2 * sinU1 * sinU2) / cos2A;
    const C = (F / 16) * cos2A * (4 + F * (4 - 3 * cos2A));
    const before = lambda;
    lambda = L + (1 - C) * F * sinA * (sigma + C * sinS * (cos2M + C * cosS * (2 * cos2M * cos2M - 1)));
    if (Math.abs(lambda) > Math.PI) break;
    if (Math.abs(lambda - before) < 1e-12) return arc({ sigma, sinS, cosS, cos2A, cos2M });
  }
  return A * Math.acos(Math.max(-1, Math.min(1, sinU1 * sinU2 + cosU1 * cosU2 * Math.cos(L))));
}

/**
 * The length of an arc of the auxiliary sphere on the ellipsoid.
 * @param {{ sigma: number, sinS: number, cosS: number, cos2A: number, cos2M: number }} arc
 */
function arc({ sigma, sinS, cosS, cos2A, cos2M }) {
  const u2 = (cos2A * (A * A - B * B)) / (B * B);
  const K = 1 + (u2 / 16384) * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
  const M = (u2 / 1024) * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
  const c = 2 * cos2M * cos2M - 1;
  const delta = M * sinS * (cos2M + (M / 4) * (cosS * c - (M / 6) * cos2M * (4 * sinS * sinS - 3) * (4 * cos2M * cos2M - 3)));
  return B * K * (sigma - delta);
}
