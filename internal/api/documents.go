package api

import (
	"bytes"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/page"
)

const (
	typeHTML = "text/html; charset=utf-8"
	typeCSV  = "text/csv; charset=utf-8; header=present"
)

// resources are the paths of the API with what they answer.
func (s *Server) resources() map[string]resource {
	const collection = "/api/collections/:collection"
	return map[string]resource{
		"/api":                         s.landing(),
		"/api/conformance":             s.conformance(),
		"/api/openapi.json":            s.openAPI(),
		"/api/collections":             s.collections(),
		collection:                     s.collection(),
		collection + "/queryables":     s.properties(ogc.NewQueryables, ogc.Base.Queryables),
		collection + "/schema":         s.properties(ogc.NewSchema, ogc.Base.Schema),
		collection + "/items":          s.items(),
		collection + "/items/:feature": s.item(),
		collection + "/map":            s.mapPicture(),
		collection + "/tiles":          s.tileSets(),
		collection + "/tiles/:tms":     s.tileSetMetadata(),
		"/api/map":                     s.mapPicture(),
		"/api/tiles":                   s.tileSets(),
		"/api/tiles/:tms":              s.tileSetMetadata(),
		collection + "/map/tiles":      s.mapTileSets(),
		collection + "/map/tiles/:tms": s.mapTileSetMetadata(),
		"/api/map/tiles":               s.mapTileSets(),
		"/api/map/tiles/:tms":          s.mapTileSetMetadata(),
		"/api/tileMatrixSets":          s.tileMatrixSets(),
		"/api/tileMatrixSets/:tms":     s.tileMatrixSet(),
	}
}

// document is a resource whose JSON is doc; view makes a page of it.
func (s *Server) document(formats []ogc.Format, build func(*asked) (any, error), view func(*asked, any) page.APIDocument) resource {
	return resource{
		formats:    formats,
		localised:  true,
		parameters: fixedParameters("f", "lang"),
		answer: func(a *asked) (reply, error) {
			doc, err := build(a)
			if err != nil {
				return reply{}, err
			}
			if a.format.Name == "html" {
				return s.htmlReply(a, view(a, doc)), nil
			}
			return reply{key: a.key(), mediaType: a.format.Type, build: func() ([]byte, error) { return layout.MarshalJSON(doc) }}, nil
		},
	}
}

// htmlReply is a page of the API.
func (s *Server) htmlReply(a *asked, doc page.APIDocument) reply {
	return reply{key: a.key(), mediaType: typeHTML, build: func() ([]byte, error) {
		var b bytes.Buffer
		err := s.pages.APIDocument(&b, a.atlas(), a.pageRequest(), doc)
		return b.Bytes(), err
	}}
}

func (s *Server) landing() resource {
	return s.document(ogc.DocumentFormats(), func(a *asked) (any, error) {
		return ogc.NewLanding(a.base, s.dataset(a, a.lang), a.lang, a.format.Name), nil
	}, viewLanding)
}

func (s *Server) conformance() resource {
	return s.document(ogc.DocumentFormats(), func(*asked) (any, error) {
		return ogc.NewConformance(s.editor != nil), nil
	}, viewConformance)
}

func (s *Server) openAPI() resource {
	r := s.document(ogc.OpenAPIFormats(), func(a *asked) (any, error) {
		a.lang = ogc.EN
		return ogc.NewOpenAPI(a.base, s.dataset(a, ogc.EN)), nil
	}, nil)
	r.parameters, r.listing = fixedParameters("f"), true
	return r
}

func (s *Server) collections() resource {
	r := s.document(ogc.DocumentFormats(), func(a *asked) (any, error) {
		return ogc.NewCollections(a.base, s.dataset(a, a.lang), a.lang, a.format.Name), nil
	}, viewCollections)
	r.listing = true
	return r
}

func (s *Server) collection() resource {
	return s.document(ogc.DocumentFormats(), func(a *asked) (any, error) {
		info, err := a.collectionInfo()
		return ogc.NewCollection(a.base, info, a.lang, a.format.Name), err
	}, viewCollection)
}

// properties is the resource of a schema: queryables or all properties; address is where it is.
func (s *Server) properties(
	build func(ogc.Base, ogc.CollectionInfo, ogc.Lang) ogc.PropertiesSchema,
	address func(ogc.Base, layout.CollectionID) string,
) resource {
	return s.document(ogc.SchemaFormats(), func(a *asked) (any, error) {
		info, err := a.collectionInfo()
		return build(a.base, info, a.lang), err
	}, func(a *asked, doc any) page.APIDocument {
		return viewProperties(a, doc.(ogc.PropertiesSchema), address(a.base, a.collectionID()))
	})
}

// collectionID is the collection that the path names.
func (a *asked) collectionID() layout.CollectionID {
	return layout.CollectionID(a.param("collection"))
}

// pageRequest is what a page has to know of the request.
func (a *asked) pageRequest() page.Request {
	return page.Request{
		Lang: string(a.lang), Mode: a.values.Get("mode"), Path: a.path, Query: a.values,
		BaseURL: string(a.base), Today: a.now,
	}
}
