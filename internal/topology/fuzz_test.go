package topology_test

import (
	"errors"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/topology"
)

// bytesOf hands out bytes as numbers, ids and places on a small grid.
type bytesOf struct{ data []byte }

func (b *bytesOf) next(n int) int {
	if len(b.data) == 0 {
		return 0
	}
	v := int(b.data[0]) % n
	b.data = b.data[1:]
	return v
}

func (b *bytesOf) place() orb.Point {
	return orb.Point{float64(1_040_000_000+b.next(17)) / 1e7, float64(300_000_000+b.next(17)) / 1e7}
}

// fine is a place to the last digit of the grid.
func (b *bytesOf) fine() orb.Point {
	p := b.place()
	return orb.Point{p[0] + float64(b.next(5)-2)/1e8, p[1] + float64(b.next(5)-2)/1e8}
}

func (b *bytesOf) places(n int) []orb.Point {
	var out []orb.Point
	for range n {
		out = append(out, b.fine())
	}
	return out
}

func (b *bytesOf) shape(id string) topology.Shape {
	r := orb.Ring(b.places(3 + b.next(4)))
	g := orb.Polygon{append(r, r[0])}
	if b.next(3) == 0 {
		h := orb.Ring(b.places(3))
		g = append(g, append(h, h[0]))
	}
	return topology.Shape{ID: id, Geometry: geo.Normalise(g)}
}

func (b *bytesOf) operation() topology.Operation {
	ids := []string{"A", "B", "C"}
	op := topology.Operation{
		Do:         topology.Operations()[b.next(len(topology.Operations()))],
		ID:         ids[b.next(3)],
		With:       []string{ids[b.next(3)]},
		At:         b.places(b.next(2)),
		Line:       b.places(2 + b.next(3)),
		Moves:      []topology.Move{{From: b.fine(), To: b.fine()}},
		Alone:      b.next(2) == 0,
		Largest:    b.next(2) == 0,
		ToleranceM: float64(b.next(3)) / 10,
	}
	if op.Do == topology.DoSplit {
		op.With = []string{"D", "E", "F"}
	}
	if op.Do == topology.DoCutHole {
		op.Line = append(op.Line, op.Line[0])
	}
	return op
}

// FuzzOperations does whatever operation to whatever shapes: it ends with a fault that has a rule and a reason, or with
// valid shapes on the grid whose areas are as told; and again the same.
func FuzzOperations(f *testing.F) {
	f.Add([]byte("a line of text"))
	f.Add([]byte{3, 0, 0, 2, 2, 9, 0, 1, 1, 9, 9, 2, 2, 0, 9, 2, 2, 1, 3, 0, 0, 4, 4, 5, 1, 5, 5, 5, 5, 7, 8})
	for n := range 40 {
		seed := make([]byte, 80)
		for i := range seed {
			seed[i] = byte(i*i*(2*n+1) + 31*n + i)
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b := &bytesOf{data}
		op := b.operation()
		fabric := topology.Fabric{b.shape("A"), b.shape("B"), b.shape("C")}
		out, err := fabric.Do(op, func(string) orb.Geometry { return fabric[1].Geometry })
		if err != nil {
			var fault geo.Fault
			if !errors.As(err, &fault) || fault.Rule == "" || fault.Detail == "" {
				t.Fatalf("%v is no fault", err)
			}
			return
		}
		worked := map[string]bool{op.ID: true}
		for _, c := range out.Changed {
			if c.After != topology.Area2(c.Geometry) {
				t.Errorf("%s: the area is %d, not %d", c.ID, topology.Area2(c.Geometry), c.After)
			}
			if c.Geometry == nil {
				continue
			}
			if !orb.Equal(c.Geometry, geo.Normalise(c.Geometry)) {
				t.Errorf("%s is not as it is stored", c.ID)
			}
			if faults := geo.Validate(c.Geometry); worked[c.ID] && len(faults) > 0 {
				t.Errorf("%v makes %s invalid: %v\n%v", op, c.ID, faults, fabric)
			}
		}
		again, err := fabric.Do(op, func(string) orb.Geometry { return fabric[1].Geometry })
		if err != nil || told(again) != told(out) {
			t.Errorf("not the same again: %v", err)
		}
	})
}
