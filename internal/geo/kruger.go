package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// transverse is a transverse Mercator (Gauss-Krüger) projection with scale 1 on its meridian and northings
// from the equator. The series go to n⁶: Karney (2011), Transverse Mercator with an accuracy of a few
// nanometers, equations 35 and 36; the letters are his. It is that exact within 30° of the meridian; a
// quarter of the globe away from it the projection has no value.
type transverse struct {
	lon0, falseEasting float64
	e                  float64    // eccentricity
	a1                 float64    // rectifying radius
	alpha, beta        [6]float64 // of sin 2jξ, j from 1
}

func newTransverse(lon0, falseEasting float64, on ellipsoid) transverse {
	n := on.f / (2 - on.f)
	n2 := n * n
	return transverse{
		lon0:         lon0,
		falseEasting: falseEasting,
		e:            math.Sqrt(on.f * (2 - on.f)),
		a1:           on.a / (1 + n) * (1 + n2/4 + n2*n2/64 + n2*n2*n2/256),
		alpha: [6]float64{
			series(n, 1, 1./2, -2./3, 5./16, 41./180, -127./288, 7891./37800),
			series(n, 2, 13./48, -3./5, 557./1440, 281./630, -1983433./1935360),
			series(n, 3, 61./240, -103./140, 15061./26880, 167603./181440),
			series(n, 4, 49561./161280, -179./168, 6601661./7257600),
			series(n, 5, 34729./80640, -3418889./1995840),
			series(n, 6, 212378941./319334400),
		},
		beta: [6]float64{
			series(n, 1, 1./2, -2./3, 37./96, -1./360, -81./512, 96199./604800),
			series(n, 2, 1./48, 1./15, -437./1440, 46./105, -1118711./3870720),
			series(n, 3, 17./480, -37./840, -209./4480, 5569./90720),
			series(n, 4, 4397./161280, -11./504, -830251./7257600),
			series(n, 5, 4583./161280, -108847./3991680),
			series(n, 6, 20648693./638668800),
		},
	}
}

// series returns c[0]·nᵏ + c[1]·nᵏ⁺¹ + …
func series(n float64, k int, c ...float64) float64 {
	var sum float64
	for i := len(c) - 1; i >= 0; i-- {
		sum = sum*n + c[i]
	}
	return sum * math.Pow(n, float64(k))
}

func (t *transverse) forward(p orb.Point) orb.Point {
	sinλ, cosλ := math.Sincos(radians(math.Remainder(p[0]-t.lon0, 360)))
	τ1 := t.conformal(math.Tan(radians(p[1])))
	ξ1, η1 := math.Atan2(τ1, cosλ), math.Asinh(sinλ/math.Hypot(τ1, cosλ))
	ξ, η := ξ1, η1
	for j, α := range t.alpha {
		k := 2 * float64(j+1)
		s, c := math.Sincos(k * ξ1)
		ξ += α * s * math.Cosh(k*η1)
		η += α * c * math.Sinh(k*η1)
	}
	return orb.Point{t.falseEasting + t.a1*η, t.a1 * ξ}
}

func (t *transverse) inverse(p orb.Point) orb.Point {
	ξ, η := p[1]/t.a1, (p[0]-t.falseEasting)/t.a1
	ξ1, η1 := ξ, η
	for j, β := range t.beta {
		k := 2 * float64(j+1)
		s, c := math.Sincos(k * ξ)
		ξ1 -= β * s * math.Cosh(k*η)
		η1 -= β * c * math.Sinh(k*η)
	}
	sinξ, cosξ := math.Sincos(ξ1)
	sinhη := math.Sinh(η1)
	lon := t.lon0 + degrees(math.Atan2(sinhη, cosξ))
	τ := t.geographic(sinξ / math.Hypot(sinhη, cosξ))
	return orb.Point{math.Remainder(lon, 360), degrees(math.Atan(τ))}
}

// conformal returns the tangent of the conformal latitude for τ, that of the geographic one.
func (t *transverse) conformal(τ float64) float64 {
	secφ := math.Hypot(1, τ)
	σ := math.Sinh(t.e * math.Atanh(t.e*τ/secφ))
	return τ*math.Hypot(1, σ) - σ*secφ
}

// geographic inverts conformal by Newton's method; three rounds reach the last digit everywhere.
func (t *transverse) geographic(τ1 float64) float64 {
	e2m := 1 - t.e*t.e
	τ := τ1 / e2m
	for range 5 {
		τi := t.conformal(τ)
		δ := (τ1 - τi) / math.Hypot(1, τi) * (1 + e2m*τ*τ) / (e2m * math.Hypot(1, τ))
		τ += δ
		if math.Abs(δ) <= 1e-15*math.Hypot(1, τ) {
			break
		}
	}
	return τ
}

func radians(deg float64) float64 { return deg * (math.Pi / 180) }
func degrees(rad float64) float64 { return rad * (180 / math.Pi) }
