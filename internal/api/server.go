package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"parkmap/internal/auth"
	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/page"
	"parkmap/internal/scene"
	"parkmap/internal/source"
	"parkmap/internal/store"
	"parkmap/internal/tileset"
)

// Pages writes HTML; page.Page does.
type Pages interface {
	Explore(w io.Writer, a *page.Atlas, r page.Request) error
	Feature(w io.Writer, a *page.Atlas, r page.Request, name string) error
	About(w io.Writer, a *page.Atlas, r page.Request) error
	Compare(w io.Writer, a *page.Atlas, r page.Request) error
	CompareTable(a *page.Atlas, r page.Request) [][]string
	Print(w io.Writer, a *page.Atlas, m *scene.Model, passing map[layout.ID]bool, r page.Request) error
	Sheet(a *page.Atlas, r page.Request, id layout.ID) (page.Sheet, error)
	Book(a *page.Atlas, r page.Request) (page.Book, error)
	Offline(w io.Writer, a *page.Atlas, r page.Request) error
	Problem(w io.Writer, a *page.Atlas, r page.Request, p page.Problem) error
	APIDocument(w io.Writer, a *page.Atlas, r page.Request, d page.APIDocument) error
}

// Options are what a Server needs. Live, Pages, Pictures, Assets, Drawing, Log and Ready must be set.
type Options struct {
	Live     *source.Live
	Pages    Pages
	Pictures func(*layout.Layout) *scene.Model // indexes a layout for drawing
	Assets   fs.FS                             // holds dist/assets
	Drawing  Drawing                           // of maps that others draw

	// Members is what signed-in users see where that is more than what everybody sees; nil is the same.
	Members *Audience
	// Accounts signs people in; nil: nobody can. OIDC may do so too; nil: it does not.
	Accounts *auth.Service
	OIDC     SignInProvider

	// LoadVersion loads a version of the layout, for reading those before the current one; nil knows none.
	LoadVersion func(ctx context.Context, n int64) (*layout.Layout, error)
	// VersionAt finds the newest version that was published by a time; nil takes the current one for it.
	VersionAt func(ctx context.Context, at time.Time) (store.Version, error)

	// Editor changes the layout; nil: nothing can be changed. It needs Accounts.
	Editor *edit.Editor

	Tables          source.Tables   // nil: there are none
	TableTiles      *tileset.Tables // the same tables, for tiles; nil: there are none
	BaseURL         string          // address in absolute links, without a slash at its end; "" takes the Host of each request
	MapReviewNumber string          // of the map, as the data pack tells it; "" is none
	TrustedProxies  []netip.Prefix  // networks whose forwarded headers are believed
	Version         string          // of the program

	Log      *slog.Logger
	Ready    func() Readiness
	Registry *prometheus.Registry // nil makes one of its own
	NewID    func() string        // names requests and incidents; nil counts from a random start
	Now      func() time.Time     // nil is time.Now
}

// Audience is what some readers see, in the fields of Options of the same names.
type Audience struct {
	Live        *source.Live
	LoadVersion func(ctx context.Context, n int64) (*layout.Layout, error)
	VersionAt   func(ctx context.Context, at time.Time) (store.Version, error)
	Tables      source.Tables
	TableTiles  *tileset.Tables
}

// Server answers requests. It is an http.Handler; all methods may be called at the same time.
//
// There is one for everybody and, where some collections are for signed-in users only, a second one for those. They
// share what does not depend on the layout. Neither knows what the other holds.
type Server struct {
	*common
	echo    *echo.Echo
	live    *source.Live
	tables  source.Tables
	views   viewHolder
	older   *olderVersions
	message atomic.Pointer[message] // the last that was told to listeners
	private bool                    // its answers are for signed-in users only
	members *Server                 // answers signed-in users; nil where they see what everybody sees
}

// common is what does not depend on the layout.
type common struct {
	pages    Pages
	assets   map[string]*answer
	drawing  Drawing
	sprites  sprites
	glyphs   *glyphs
	painter  *painter
	worker   *answer // nil where there is no bundle
	base     ogc.Base
	review   string
	proxies  []netip.Prefix
	version  string
	log      *slog.Logger
	ready    func() Readiness
	metrics  *metrics
	accounts *auth.Service // nil where nobody can sign in
	oidc     SignInProvider
	origins  *http.CrossOriginProtection
	streams  *streams
	editor   *edit.Editor
	newID    func() string
	now      func() time.Time
}

// New makes a server. It fails when an option is missing or an asset cannot be read.
func New(o Options) (*Server, error) {
	if o.Live == nil || o.Pages == nil || o.Pictures == nil || o.Assets == nil || o.Drawing.Face == nil || o.Log == nil || o.Ready == nil {
		return nil, errors.New("api: Live, Pages, Pictures, Assets, Drawing, Log and Ready must be set")
	}
	if o.Members != nil && (o.Members.Live == nil || o.Members.Live == o.Live) {
		return nil, errors.New("api: Members needs a Live of its own, since snapshots keep answers")
	}
	c, err := newCommon(o)
	if err != nil {
		return nil, err
	}
	s := c.server(Audience{o.Live, o.LoadVersion, o.VersionAt, o.Tables, o.TableTiles})
	if o.Members != nil && o.Accounts != nil {
		s.members = c.server(*o.Members)
		s.members.private = true
		s.members.echo = s.members.newEcho(o.TrustedProxies)
	}
	s.echo = s.newEcho(o.TrustedProxies)
	s.metrics.know(s.echo.Routes())
	return s, nil
}

func newCommon(o Options) (*common, error) {
	c := &common{
		pages: o.Pages, base: ogc.Base(o.BaseURL), review: o.MapReviewNumber,
		proxies: o.TrustedProxies, version: o.Version, log: o.Log, ready: o.Ready,
		accounts: o.Accounts, oidc: o.OIDC, editor: o.Editor, streams: newStreams(), newID: o.NewID, now: o.Now,
		drawing: o.Drawing, sprites: newSprites(o.Drawing.Style), glyphs: newGlyphs(o.Drawing.Face),
		painter: newPainter(o.Drawing.Face, o.Pictures, o.Log),
	}
	if c.newID == nil {
		c.newID = countedIDs()
	}
	if c.now == nil {
		c.now = time.Now
	}
	c.origins = http.NewCrossOriginProtection()
	if u, err := url.Parse(o.BaseURL); o.BaseURL != "" && err == nil {
		if err := c.origins.AddTrustedOrigin(u.Scheme + "://" + u.Host); err != nil {
			return nil, fmt.Errorf("api: base URL: %w", err)
		}
	}
	var err error
	if c.assets, err = loadAssets(o.Assets); err != nil {
		return nil, fmt.Errorf("api: read assets: %w", err)
	}
	if c.worker, err = loadWorker(o.Assets, c.assets, o.Version); err != nil {
		return nil, fmt.Errorf("api: read the service worker: %w", err)
	}
	if c.metrics, err = newMetrics(o.Registry, o.Live); err != nil {
		return nil, fmt.Errorf("api: register metrics: %w", err)
	}
	return c, nil
}

// server makes the server of an audience, without its routes.
func (c *common) server(a Audience) *Server {
	s := &Server{common: c, live: a.Live, tables: a.Tables, older: newOlderVersions(a, c.painter)}
	s.views.painter, s.views.tables = c.painter, a.TableTiles
	if s.tables == nil {
		s.tables = noTables{}
	}
	return s
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.members != nil && s.hasCredentials(r) && isRead(r.Method) && !isCall(r.URL.Path) {
		s.serveMember(w, r)
		return
	}
	if !s.serveTile(w, r) && !s.serveHot(w, r) {
		s.echo.ServeHTTP(w, r)
	}
}

func (s *Server) newEcho(proxies []netip.Prefix) *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = ipExtractor(proxies)
	e.HTTPErrorHandler = s.handleError
	e.Use(s.observe)
	s.route(e)
	if !s.private {
		s.routeCalls(e)
	}
	return e
}

// route lists all that is served. Echo answers OPTIONS for each path and 405 for other methods.
func (s *Server) route(e *echo.Echo) {
	get := func(path string, h echo.HandlerFunc) {
		e.GET(path, h)
		e.HEAD(path, h)
	}
	for path, r := range s.resources() {
		get(path, s.serve(r))
	}
	get("/api/", s.serve(s.landing()))
	get("/pack.json", s.serve(s.pack()))
	get(picturesRoot+":file", s.servePictures("file", ogc.FigurePicture, ogc.PictureFormats(), noPicture))
	get("/cards/:file", s.serve(s.card()))
	get(routeXYZ, s.getXYZ())
	get("/api/tiles/:tms/:z/:row/:col", s.getTile)
	get("/api/collections/:collection/tiles/:tms/:z/:row/:col", s.getTile)
	get("/api/map/tiles/:tms/:z/:row/:col", s.getMapTile)
	get("/api/collections/:collection/map/tiles/:tms/:z/:row/:col", s.getMapTile)
	get(stylesRoot+":file", s.serve(s.mapStyle()))
	get(spritesRoot+":file", s.getSprite)
	get(fontsRoot+":stack/:file", s.getGlyphs)
	get("/", s.serve(s.explorePage()))
	get("/about", s.serve(s.aboutPage()))
	get("/compare", s.serve(s.comparePage()))
	get("/compare.csv", s.serve(s.compareCSV()))
	get("/f/:id", s.servePictures("id", ogc.FeaturePicture, ogc.FeaturePictureFormats(), s.servePaper(s.serve(s.featurePage()))))
	get(ogc.BookPath, s.serve(s.layoutBook()))
	get("/print", s.serve(s.printPage()))
	get("/offline", s.serve(s.offlinePage()))
	get("/qr.svg", s.serve(s.qrCode()))
	get("/sw.js", s.getWorker)
	get("/assets/*", s.getAsset)
	get("/favicon.ico", s.getFavicon)
	get("/robots.txt", s.getRobots)
	get("/healthz", s.getHealth)
	get("/readyz", s.getReadiness)
	get("/metrics", s.getMetrics)
	get("/api/events", s.getEvents)
}
