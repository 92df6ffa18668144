package tileset

import (
	"cmp"
	"maps"
	"slices"
	"sync"
)

// Reduction tells of the tile of a zoom that lost most to its budget, of those made so far.
type Reduction struct {
	Zoom     int `json:"zoom"`
	Features int `json:"features"` // that have something to show in the tile
	Dropped  int `json:"dropped"`  // of them
	Step     int `json:"step"`     // units between the positions that were used
}

// reductions keeps the worst tile of each layer and zoom. Its zero value is ready.
type reductions struct {
	mu    sync.Mutex
	worst map[string]map[int]Reduction
}

// note takes down what a tile lost, if anything.
func (r *reductions) note(layer string, zoom int, t *Tile) {
	if t.Report.Dropped == 0 && t.Report.Step <= 1 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.worst == nil {
		r.worst = map[string]map[int]Reduction{}
	}
	if r.worst[layer] == nil {
		r.worst[layer] = map[int]Reduction{}
	}
	this := Reduction{zoom, t.Report.FeaturesIn, t.Report.Dropped, t.Report.Step}
	if before := r.worst[layer][zoom]; cmp.Or(cmp.Compare(this.Dropped, before.Dropped), cmp.Compare(this.Step, before.Step)) > 0 {
		r.worst[layer][zoom] = this
	}
}

// of lists the reductions of a layer by zoom.
func (r *reductions) of(layer string) []Reduction {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.SortedFunc(maps.Values(r.worst[layer]), func(a, b Reduction) int { return cmp.Compare(a.Zoom, b.Zoom) })
}
