package table

import (
	"math"
	"strconv"
	"testing"
)

// TestAppendDegrees compares with the slow way to write the same number.
func TestAppendDegrees(t *testing.T) {
	values := []float64{0, math.Copysign(0, -1), 1e-9, -1e-9, 5e-9, 1e-8, -1e-8, 0.1, 0.00001, 9.99999999, 9.999999999, 99.5, 100, 104.0657, -104.06570001, 180, -180, 999999999, 12345678.87654321, math.NaN(), math.Inf(1), 1e9}
	for i := range 20_000 {
		values = append(values, float64(i)*0.018017-180)
	}
	for _, v := range values {
		want := strconv.FormatFloat(math.Round(v*1e8)/1e8, 'f', -1, 64)
		if !(math.Abs(v) < 1e9) || want == "-0" {
			want = "0"
		}
		if got := string(appendDegrees(nil, v)); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
	}
}

func BenchmarkAppendDegrees(b *testing.B) {
	buf := make([]byte, 0, 64)
	for i := range b.N {
		buf = appendDegrees(buf[:0], 104.0657321+float64(i%1000)*1e-7)
	}
}
