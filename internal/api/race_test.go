package api

import (
	"net/http"
	"sync"
	"testing"

	"parkmap/internal/source"
)

// TestConcurrent asks for everything at the same time while versions change. It is for the race detector.
func TestConcurrent(t *testing.T) {
	live := new(source.Live)
	s := newServer(t, func(o *Options) {
		o.Live = live
		o.NewID = nil
	})
	publish := func(version int64) {
		l := fixtureLayout(t)
		l.Version = version
		snapshot, err := source.NewSnapshot(l)
		if err != nil {
			t.Error(err)
			return
		}
		live.Swap(snapshot)
	}
	publish(1)
	var work sync.WaitGroup
	for range 4 {
		work.Go(func() {
			for i := range 40 {
				target := []string{areas, areas + "/T01", "/api", "/", "/f/T02", areas + "?q=park&limit=1", "/pack.json", "/metrics", "/nothing", "/map/view.svg?sel=T01"}[i%10]
				w := get(t, s, target, "Accept-Encoding", []string{"br", "gzip", "zstd", ""}[i%4])
				if w.Code != http.StatusOK && target != "/nothing" {
					t.Errorf("%s: %d", target, w.Code)
				}
			}
		})
	}
	for version := range int64(5) {
		publish(version + 2)
	}
	work.Wait()
}
