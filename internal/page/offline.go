package page

import "io"

// Offline writes the page that a browser shows without network in place of one that it has not kept.
func (p *Page) Offline(w io.Writer, a *Atlas, r Request) error {
	v := offlineView{p.frame(a, r)}
	title, err := v.T("offline.title")
	if err != nil {
		return err
	}
	v.Title = title
	return p.render(w, "offline", v)
}

type offlineView struct{ frame }
