// Package page writes the HTML of the site: the map page, one readable page per feature, the page on
// sources and accuracy, error pages and the HTML views of the API. All of it reads without scripts.
// It knows no HTTP, no store and no clock: what it shows comes as a layout, a request and views.
package page

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parkmap/internal/layout"
)

//go:embed templates/*.html
var templates embed.FS

// Languages of the pages.
const (
	Chinese = "zh"
	English = "en"
)

// Assets are the addresses of the bundle's files, such as /assets/main-X.js.
type Assets struct {
	Script  string
	Style   string
	Modules []string // which the script loads at once, in turns
}

// Options are the operator's settings that pages show.
type Options struct {
	ReviewNumber string // of the map, from the mapping authority; "" is none
	Contact      string // address to report what is wrong: mailto:… or that of a page; "" is none
	PackURL      string // where scripts fetch the data, such as /pack.json

	Icons map[string]string // path data by name, as LoadIcons returns them
}

// Page writes pages. It is immutable; all methods may be called at the same time.
type Page struct {
	assets  Assets
	texts   Texts
	options Options
	sets    map[string]*template.Template // by language tag and name
}

// Request is what a page has to know of the request it answers.
type Request struct {
	Lang    string     // Chinese or English; anything else is Chinese
	Mode    string     // light, dark or "" for the system's choice
	Path    string     // such as /f/P05, without a query
	Query   url.Values // kept in the links to the other language
	BaseURL string     // scheme and host without a slash at the end; "" leaves links relative
	Today   time.Time  // decides whether the document has expired

	Found map[layout.ID]bool // areas that the text q of the query leads to; nil lets all through
}

// New makes the page writer. It fails when a template does not parse.
func New(assets Assets, texts Texts, options Options) (*Page, error) {
	p := &Page{assets: assets, texts: texts, options: options, sets: map[string]*template.Template{}}
	for _, lang := range []string{Chinese, English} {
		for _, name := range []string{"explore", "feature", "about", "problem", "api", "compare", "offline", "print"} {
			t, err := template.New(name).Funcs(template.FuncMap{"mixed": mixed(lang), "pair": pair}).ParseFS(templates,
				"templates/base.html", "templates/parts.html", "templates/whole.html", "templates/"+name+".html")
			if err != nil {
				return nil, fmt.Errorf("page template %s: %w", name, err)
			}
			p.sets[langTag(lang)+" "+name] = t
		}
	}
	return p, nil
}

// speaker is a view that says its language.
type speaker interface{ HTMLLang() string }

// render writes a page in one piece, so that a template that fails leaves nothing half written.
func (p *Page) render(w io.Writer, name string, view speaker) error {
	var b bytes.Buffer
	if err := p.sets[view.HTMLLang()+" "+name].ExecuteTemplate(&b, "base", view); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	_, err := w.Write(b.Bytes())
	return err
}

// frame is what every page shows around its content, and the vocabulary of the templates.
type frame struct {
	Request
	Voice
	Assets
	Options
	Doc     *layout.Document // nil when there is no layout to speak of
	Version int64
	Preload bool // of the data pack

	Title       string
	Description string
	Paper       string // path of the same as a document for paper, "" where there is none
	Here        string // the entry of the navigation that is current

	about    layout.ID   // the feature that the page is about, if any
	compared []layout.ID // the areas that it compares

	whole layout.ID // of the city whose page is that of the whole layout; "" is none
}

// pair hands a part of a page to a template together with the page, whose texts it needs.
func pair(page, of any) map[string]any { return map[string]any{"Page": page, "Of": of} }

// WholeLink is the address of the page of the whole layout, "" when there is none.
func (f frame) WholeLink() string {
	if f.whole == "" {
		return ""
	}
	return f.Link("/f/" + string(f.whole))
}

func (p *Page) frame(a *Atlas, r Request) frame {
	f := frame{Request: r, Voice: p.texts.Voice(r.Lang), Assets: p.assets, Options: p.options}
	f.Request.Lang = f.Voice.Lang
	if a != nil {
		f.Doc, f.Version, f.whole = &a.layout.Document, a.layout.Version, a.WholeID()
	}
	return f
}

// SiteName is the layout's name in the language of the page.
func (f frame) SiteName() (string, error) {
	if f.Doc == nil || f.Doc.NameZH == "" {
		return f.T("title")
	}
	return capitalised(f.Pick(f.Doc.NameZH, f.Doc.NameEN).Text), nil
}

// Report is the address to report what is wrong with a feature, "" when there is none. A mail names the feature.
func (f frame) Report(id layout.ID) string {
	if strings.HasPrefix(f.Contact, "mailto:") {
		return f.Contact + "?subject=" + url.PathEscape(string(id))
	}
	return f.Contact
}

// Figures are the figures of the document, none where there is no layout to speak of.
func (f frame) Figures() []layout.Figure {
	if f.Doc == nil {
		return nil
	}
	return f.Doc.Figures
}

// capitalised begins a text with a capital letter, as titles do.
func capitalised(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// Compiler says who made the map, out of what.
func (f frame) Compiler() string {
	source := f.Pick(f.Doc.TitleZH, f.Doc.TitleEN).Text
	if f.Doc.Number != "" {
		source = strings.TrimSpace(source + " " + f.Doc.Number)
	}
	if source == "" {
		return f.text("print.compiler.bare", "")
	}
	return f.text("print.compiler", "", "source", source)
}

// Alternate returns the address of this page in a language, absolute when the base is known.
func (f frame) Alternate(lang string) string {
	q := url.Values{}
	for k, v := range f.Query {
		q[k] = v
	}
	q.Set("lang", lang)
	return f.BaseURL + f.Path + "?" + q.Encode()
}

// OtherQuery is the query of this page in the other language.
func (f frame) OtherQuery() template.URL {
	_, query, _ := strings.Cut(f.Alternate(f.OtherLang()), "?")
	return template.URL(query) //nolint:gosec // made by url.Values.Encode
}

// Canonical returns the address of this page without its query.
func (f frame) Canonical() string { return f.BaseURL + f.Path }

// Link returns a path of this site that keeps language and appearance where the address asks for them.
func (f frame) Link(path string) string {
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	for _, name := range []string{"lang", "mode"} {
		if value := f.Query.Get(name); value != "" {
			path += sep + name + "=" + url.QueryEscape(value)
			sep = "&"
		}
	}
	return path
}

// OtherLang returns the language that the page is not in.
func (f frame) OtherLang() string {
	if f.Request.Lang == English {
		return Chinese
	}
	return English
}

// PaperLink is the address of the document for paper, in the language of the page.
func (f frame) PaperLink() string { return f.Paper + "?lang=" + f.Voice.Lang }

// bookPath is where the book of the layout is served.
const bookPath = "/book.pdf"

// HTMLLang returns the language tag of the page.
func (f frame) HTMLLang() string { return langTag(f.Request.Lang) }

func langTag(lang string) string {
	if lang == Chinese {
		return "zh-CN"
	}
	return lang
}
