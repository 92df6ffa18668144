package api

import (
	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/source"
)

// noTables stands where the server has none.
type noTables struct{ source.Tables }

func (noTables) Collections() []source.Collection { return nil }

func (noTables) Collection(id layout.CollectionID) (source.Collection, error) {
	return source.Collection{}, layout.NotFound("collection", layout.ID(id))
}

func (noTables) Revision() uint64 { return 0 }

// bind finds what stands behind the collection that the path names. The layout goes before a table of the same
// name. A path that names none, or one that there is not, is left to the layout.
func (a *asked) bind() {
	a.source = a.snapshot
	id := a.collectionID()
	if id == "" {
		return
	}
	if _, err := a.snapshot.Collection(id); err == nil {
		return
	}
	if _, err := a.tables.Collection(id); err == nil {
		a.source = a.tables
	}
}

// fromTable tells whether the path names a collection that is a table.
func (a *asked) fromTable() bool { return a.source != source.Source(a.snapshot) }

// collectionInfo describes the collection that the path names; not-found when there is none.
func (a *asked) collectionInfo() (ogc.CollectionInfo, error) {
	c, err := a.source.Collection(a.collectionID())
	return ogc.CollectionInfo(c), err
}

// collectionInfos describes all collections, those of the layout first. A table that has the name of one of
// them is not served.
func (a *asked) collectionInfos() []ogc.CollectionInfo {
	if a.listed == nil {
		a.listed = append(a.listed, a.infos...)
		for _, c := range a.tables.Collections() {
			if _, err := a.snapshot.Collection(c.ID); err != nil {
				a.listed = append(a.listed, ogc.CollectionInfo(c))
			}
		}
	}
	return a.listed
}
