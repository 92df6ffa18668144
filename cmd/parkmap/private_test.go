package main

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"parkmap/geodata"
	"parkmap/internal/auth"
	"parkmap/internal/layout"
	"parkmap/internal/pgtest"
	"parkmap/static"
)

// reader asks a server, as a visitor or with a session.
type reader struct {
	t      *testing.T
	base   string
	cookie string
}

// get returns status, header and body of an answer; redirects are not followed.
func (r *reader) get(target string) (int, http.Header, string) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, r.base+target, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	if r.cookie != "" {
		req.Header.Set("Cookie", r.cookie)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	if z, err := gzip.NewReader(bytes.NewReader(body)); err == nil { // a tile
		if plain, err := io.ReadAll(z); err == nil {
			body = plain
		}
	}
	return resp.StatusCode, resp.Header, string(body)
}

// link finds addresses in HTML, JSON and SVG.
var link = regexp.MustCompile(`(?:href|src|url|data)"?[=:] ?"([^"]+)"`)

// notRead are addresses that a crawl leaves out: files of the bundle, streams, templates, and images without text.
var notRead = regexp.MustCompile(`^/assets/|^/api/events|[{} ]|\.(png|webp|pdf)|^/fonts/|^/sprites/`)

// crawl reads start and all that is linked from there, at most so many pages, and hands each to see.
func (r *reader) crawl(start []string, most int, see func(target string, status int, header http.Header, body string)) {
	known := map[string]bool{}
	queue := slices.Clone(start)
	for len(queue) > 0 && len(known) < most {
		target := queue[0]
		queue = queue[1:]
		if known[target] {
			continue
		}
		known[target] = true
		status, header, body := r.get(target)
		see(target, status, header, body)
		found := link.FindAllStringSubmatch(body, -1)
		if location := header.Get("Location"); location != "" {
			found = append(found, []string{"", location})
		}
		for _, m := range found {
			next := strings.TrimPrefix(strings.ReplaceAll(m[1], "&amp;", "&"), r.base)
			next, _, _ = strings.Cut(next, "#")
			if strings.HasPrefix(next, "/") && !strings.HasPrefix(next, "//") && !notRead.MatchString(next) {
				queue = append(queue, next)
			}
		}
	}
}

// signedIn makes an account and returns it as a reader.
func signedIn(t *testing.T, s *testServer, role auth.Role) *reader {
	t.Helper()
	accounts := auth.New(s.store.Accounts(), auth.NewArgon2id(), time.Now)
	if _, err := accounts.Add(t.Context(), auth.CommandLine(), auth.Account{Name: "vera", Role: role}, goodPassword); err != nil {
		t.Fatal(err)
	}
	resp, err := http.Post(s.url+"/api/session", "application/json", strings.NewReader(`{"name":"vera","password":"`+goodPassword+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	cookies := resp.Cookies()
	if resp.StatusCode != http.StatusOK || len(cookies) != 1 {
		t.Fatalf("sign in: %d", resp.StatusCode)
	}
	return &reader{t, s.url, cookies[0].Name + "=" + cookies[0].Value}
}

// secrets are texts that tell of hidden features and stand nowhere in the rest of the layout, nor in the program.
func secrets(t *testing.T, whole *layout.Layout) []string {
	t.Helper()
	public, err := whole.Without(layout.MayHide())
	if err != nil {
		t.Fatal(err)
	}
	var rest bytes.Buffer
	write := func(v any) {
		data, err := layout.MarshalJSON(v)
		if err != nil {
			t.Fatal(err)
		}
		rest.Write(data)
	}
	write(public.Document)
	for _, f := range public.Features {
		write(f.Properties)
	}
	for _, lang := range []string{"zh", "en"} {
		text, err := static.FS.ReadFile("src/text/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		rest.Write(text)
	}
	var list []string
	for _, f := range whole.Features {
		if f.Collection == layout.Areas {
			continue
		}
		list = append(list, `"`+string(f.ID)+`"`, "/"+string(f.ID)+`"`)
		for _, name := range []string{f.Properties.Common().NameZH, f.Properties.Common().NameEN} {
			if len(name) > 5 && !strings.Contains(strings.ToLower(rest.String()), strings.ToLower(name)) {
				list = append(list, name)
			}
		}
	}
	return list
}

// addresses are where a crawl starts: pages, documents, tiles, pictures, and all that could name something hidden.
func addresses(whole *layout.Layout) []string {
	list := []string{
		"/", "/about", "/compare?all=1", "/compare.csv?all=1", "/print", "/pack.json", "/offline", "/api", "/api?f=html", "/api/openapi.json",
		"/tiles/layout.json", "/tiles/layout/v1.json", "/styles/layout-light-zh.json", "/map/fig1.svg", "/map/fig3.svg", "/metrics", "/readyz",
		"/api/versions", "/api/versions/1", "/api/items/F01/history", "/api/items/U01/history", "/api/items/P05/history",
		"/api/collections/areas/items?f=csv&limit=1000", "/api/collections/areas/items?f=html&limit=1000", "/map/view.svg?bbox=103.5,30.2,104.6,31&width=2000&height=2000",
	}
	for z, tiles := range map[int][]string{0: {"0/0"}, 6: {"50/26"}, 9: {"404/209", "403/209"}, 10: {"807/419", "808/419", "808/420"}} {
		for _, t := range tiles {
			for _, set := range []string{"layout", "layout/v1", "layout/gcj02"} {
				list = append(list, fmt.Sprintf("/tiles/%s/%d/%s.mvt", set, z, t))
			}
		}
	}
	for _, c := range layout.MayHide() {
		root := "/api/collections/" + string(c)
		list = append(list, root, root+"/items", root+"/items?f=csv", root+"/schema", root+"/queryables", root+"/tiles", "/tiles/"+string(c)+".json", "/tiles/"+string(c)+"/0/0/0.mvt")
	}
	for i, f := range whole.Features {
		if f.Collection != layout.Areas && i%9 == 0 {
			list = append(list, "/f/"+string(f.ID), "/api/collections/"+string(f.Collection)+"/items/"+string(f.ID), "/map/view.svg?sel="+string(f.ID))
		}
	}
	return list
}

// TestNoTraceOfPrivateCollections reads all that there is, as a visitor and as somebody who is signed in.
func TestNoTraceOfPrivateCollections(t *testing.T) {
	whole, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	cfg := testConfig(t)
	for _, c := range layout.MayHide() {
		cfg.Private = append(cfg.Private, string(c))
	}
	s := startServer(t, cfg)
	member := signedIn(t, s, auth.Viewer)
	hidden, start := secrets(t, whole), addresses(whole)
	const most = 300
	traces := 0
	member.crawl(start, most/2, func(target string, status int, header http.Header, body string) {
		if strings.Contains(header.Get("Cache-Control"), "public") && (strings.HasPrefix(target, "/api/") || strings.HasPrefix(target, "/tiles/")) {
			t.Errorf("%s may be kept for others: %v", target, header)
		}
		if slices.ContainsFunc(hidden, func(secret string) bool { return strings.Contains(body, secret) }) {
			traces++
		}
	})
	if traces < 60 {
		t.Errorf("who is signed in finds only %d answers that tell of something private", traces)
	}
	visitor := &reader{t: t, base: s.url}
	pages := 0
	visitor.crawl(start, most, func(target string, status int, header http.Header, body string) {
		pages++
		for _, secret := range hidden {
			if strings.Contains(body, secret) && !strings.HasSuffix(target, strings.Trim(secret, `"`)) {
				t.Errorf("%s (%d) tells of %s: …%s…", target, status, secret, around(body, secret))
				return
			}
		}
		if status >= 500 {
			t.Errorf("%s: %d %.300s", target, status, body)
		}
	})
	if pages < 280 {
		t.Errorf("only %d answers were read", pages)
	}
}

// around is where a text stands in another.
func around(body, text string) string {
	i := strings.Index(body, text)
	return body[max(0, i-80):min(len(body), i+len(text)+80)]
}

// TestPrivateLooksLikeNothing compares the answers about a private collection with those about one that there is not.
func TestPrivateLooksLikeNothing(t *testing.T) {
	cfg := testConfig(t)
	cfg.Private = []string{"facilities"}
	s := startServer(t, cfg)
	visitor := &reader{t: t, base: s.url}
	for _, target := range []string{"/api/collections/facilities", "/api/collections/facilities/items", "/api/collections/facilities/items/F01", "/tiles/facilities.json", "/tiles/facilities/3/6/3.mvt", "/api/collections/facilities/tiles"} {
		status, _, body := visitor.get(target)
		other, _, want := visitor.get(strings.Replace(target, "facilities", "felicitous", 1))
		if got := strings.ReplaceAll(body, "facilities", "felicitous"); status != http.StatusNotFound || status != other || got != want {
			t.Errorf("%s: %d %s, and of nothing %d %s", target, status, body, other, want)
		}
	}
	_, _, body := visitor.get("/api/collections")
	if strings.Contains(body, "facilities") {
		t.Error("the collection is listed")
	}
}

// TestPrivateIsChanged changes a feature that visitors do not see, while a visitor listens.
func TestPrivateIsChanged(t *testing.T) {
	cfg := testConfig(t)
	cfg.Private, cfg.Review = []string{"facilities"}, "off"
	s := startServer(t, cfg)
	visitor, admin := &reader{t: t, base: s.url}, signedIn(t, s, auth.Admin)
	heard := make(chan string, 1)
	listen, err := http.Get(s.url + "/api/events?since=1")
	if err != nil {
		t.Fatal(err)
	}
	defer listen.Body.Close()
	go func() {
		text := make([]byte, 1<<16)
		n, _ := io.ReadAtLeast(listen.Body, text, len("retry: 2000\n\n")+1)
		heard <- string(text[:n])
	}()
	const target = "/api/collections/facilities/items/F01"
	_, header, _ := admin.get(target)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPatch, s.url+target, strings.NewReader(`{"properties":{"name_en":"Only for us"}}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Cookie": admin.cookie, "If-Match": header.Get("ETag"), "Content-Type": "application/merge-patch+json"} {
		req.Header.Set(name, value)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusNoContent {
		t.Fatalf("%d %s", resp.StatusCode, body)
	}
	if text := <-heard; !strings.Contains(text, `"version":2`) || strings.Contains(text, "F01") || strings.Contains(text, "facilities") {
		t.Errorf("a visitor hears %q", text)
	}
	if _, _, body := admin.get(target); !strings.Contains(body, "Only for us") {
		t.Errorf("signed in: %.300s", body)
	}
	for _, target := range []string{target, "/api/versions", "/api/versions/2", "/api/diff?from=1&to=2", "/api/items/F01/history"} {
		if status, _, body := visitor.get(target); status < 400 || strings.Contains(body, "Only for us") {
			t.Errorf("%s: %d %.300s", target, status, body)
		}
	}
}

// executeOn runs statements on a database.
func executeOn(t *testing.T, driver, dsn string, statements ...string) {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPrivateTable(t *testing.T) {
	dsn := pgtest.DSN(t)
	executeOn(t, "postgres", dsn,
		`CREATE TABLE spots (id int PRIMARY KEY, name text, geom geometry(Point, 4326))`,
		`INSERT INTO spots VALUES (1, 'hidden spot', ST_Point(104, 30, 4326))`,
		`CREATE TABLE open_spots AS SELECT id, 'open spot' AS name, geom FROM spots`, `ALTER TABLE open_spots ADD PRIMARY KEY (id)`)
	cfg := testConfig(t)
	cfg.tableFlags = tableFlags{Tables: dsn, Publish: []string{"public.*"}}
	cfg.Private = []string{"spots"}
	s := startServer(t, cfg)
	visitor, member := &reader{t: t, base: s.url}, signedIn(t, s, auth.Viewer)
	targets := []string{"/api/collections", "/api/collections/spots/items", "/api/collections/spots/items/1", "/tiles/spots.json", "/tiles/spots/0/0/0.mvt", "/api/openapi.json"}
	for _, target := range targets {
		if status, _, body := member.get(target); status != http.StatusOK || !strings.Contains(body, "spots") && !strings.Contains(body, "hidden spot") {
			t.Errorf("%s, signed in: %d %.300s", target, status, body)
		}
		status, _, body := visitor.get(target)
		if strings.Contains(body, "hidden spot") || strings.Contains(body, `"spots"`) && status == http.StatusOK || strings.Contains(target, "spots") && status != http.StatusNotFound {
			t.Errorf("%s: %d …%s…", target, status, around(body, `"spots"`))
		}
	}
	if status, _, body := visitor.get("/api/collections/open_spots/items"); status != http.StatusOK || !strings.Contains(body, "open spot") {
		t.Errorf("%d %s", status, body)
	}
}

func TestPrivateNames(t *testing.T) {
	for name, want := range map[string]string{"areas": "cannot be private", "parks": "cannot be private", "facilties": "no collection facilties"} {
		code, _, stderr := runProgram(t, "serve", "--private", name, "--listen", "127.0.0.1:0", "--store", t.TempDir()+"/x.db")
		if code != 2 || !strings.Contains(stderr, want) {
			t.Errorf("%s: code %d, %s", name, code, stderr)
		}
	}
}

// TestRefusedToken: a program that brings a token which is refused is told so, and does not get less without a word.
func TestRefusedToken(t *testing.T) {
	cfg := testConfig(t)
	cfg.Private = []string{"units"}
	s := startServer(t, cfg)
	req, err := http.NewRequest(http.MethodGet, s.url+"/api/collections", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+url.PathEscape("parkmap_token_x"))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("%d", resp.StatusCode)
	}
}
