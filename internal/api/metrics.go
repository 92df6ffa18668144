package api

import (
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"parkmap/internal/source"
)

// unmatched is the route of requests that no route takes.
const unmatched = "unmatched"

// metrics counts requests by route and status. The series of a route are looked up once and kept.
type metrics struct {
	durations *prometheus.HistogramVec
	routes    map[string]*routeSeries
	handler   http.Handler
}

// routeSeries are the series of one route by status less 100, made when first needed.
type routeSeries struct {
	name      string
	durations *prometheus.HistogramVec
	statuses  [500]atomic.Pointer[prometheus.Observer]
}

func newMetrics(registry *prometheus.Registry, live *source.Live) (*metrics, error) {
	if registry == nil {
		registry = prometheus.NewRegistry()
	}
	m := &metrics{
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "parkmap_http_request_duration_seconds",
			Help:    "Time to answer requests by route and status; its count is that of the requests.",
			Buckets: []float64{.0001, .0005, .001, .005, .01, .05, .1, .5, 1, 5},
		}, []string{"route", "status"}),
		routes:  map[string]*routeSeries{},
		handler: promhttp.HandlerFor(registry, promhttp.HandlerOpts{}),
	}
	version := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "parkmap_layout_version", Help: "Version of the layout that is served; 0 is none.",
	}, func() float64 { return layoutVersion(live) })
	for _, c := range []prometheus.Collector{
		m.durations, version, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	} {
		if err := registry.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func layoutVersion(live *source.Live) float64 {
	if snapshot := live.Current(); snapshot != nil {
		return float64(snapshot.Version())
	}
	return 0
}

// know makes room for the series of the routes; it is called once, before the first request.
func (m *metrics) know(routes []*echo.Route) {
	m.routes[unmatched] = &routeSeries{name: unmatched, durations: m.durations}
	for _, r := range routes {
		m.routes[r.Path] = &routeSeries{name: r.Path, durations: m.durations}
	}
}

// route returns the series of a route.
func (m *metrics) route(path string) *routeSeries {
	if series := m.routes[path]; series != nil {
		return series
	}
	return m.routes[unmatched]
}

// observe counts a request.
func (r *routeSeries) observe(status int, elapsed time.Duration) {
	if status < 100 || status > 599 {
		status = http.StatusInternalServerError
	}
	slot := &r.statuses[status-100]
	observer := slot.Load()
	if observer == nil {
		made := r.durations.WithLabelValues(r.name, strconv.Itoa(status))
		observer = &made
		slot.Store(observer)
	}
	(*observer).Observe(elapsed.Seconds())
}

func (s *Server) getMetrics(c echo.Context) error {
	c.Response().Header()["Cache-Control"] = noStore
	s.metrics.handler.ServeHTTP(c.Response(), c.Request())
	return nil
}
