package api

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"time"

	"parkmap/internal/auth"
)

// entryDocument is an entry of the audit log.
type entryDocument struct {
	Number  int64     `json:"number"`
	At      time.Time `json:"at"`
	Actor   string    `json:"actor"`
	Action  string    `json:"action"`
	Subject string    `json:"subject"`
	Detail  string    `json:"detail"`
	Address string    `json:"address"`
	Hash    string    `json:"hash"`
}

func newEntry(e auth.Entry) entryDocument {
	return entryDocument{e.Number, e.At, e.Actor, e.Action, e.Subject, e.Detail, e.Address, e.Hash}
}

// getAudit answers with a page of the log, or with all of it as CSV.
func (s *Server) getAudit(c *caller) error {
	values, limit, err := c.page("before", "f")
	if err != nil {
		return err
	}
	var before int64
	if values.Has("before") {
		if before, err = strconv.ParseInt(values.Get("before"), 10, 64); err != nil || before < 1 {
			return badParameter("before", "must be a whole number from 1")
		}
	}
	switch values.Get("f") {
	case "csv":
		return s.writeLog(c, before)
	case "", "json":
	default:
		return badParameter("f", "must be one of json, csv")
	}
	entries, err := s.accounts.Log(c.Request().Context(), before, limit)
	if err != nil {
		return err
	}
	doc := struct {
		Entries []entryDocument `json:"entries"`
		Next    int64           `json:"next,omitempty"`
	}{Entries: []entryDocument{}}
	for _, e := range entries {
		doc.Entries = append(doc.Entries, newEntry(e))
	}
	if len(entries) == limit && entries[limit-1].Number > 1 {
		doc.Next = entries[limit-1].Number
	}
	return c.write(http.StatusOK, doc)
}

// logPage is how many entries are written at once.
const logPage = 1000

// writeLog writes the log below before as CSV, newest first. An error after the first page cuts the answer off.
func (s *Server) writeLog(c *caller, before int64) error {
	entries, err := s.accounts.Log(c.Request().Context(), before, logPage)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Type", typeCSV)
	h.Set("Content-Disposition", `attachment; filename="audit.csv"`)
	c.Response().WriteHeader(http.StatusOK)
	w := csv.NewWriter(c.Response())
	w.UseCRLF = true
	_ = w.Write([]string{"number", "at", "actor", "action", "subject", "detail", "address", "hash"})
	for len(entries) > 0 {
		for _, e := range entries {
			_ = w.Write([]string{strconv.FormatInt(e.Number, 10), e.At.Format(time.RFC3339Nano), safeCell(e.Actor), safeCell(e.Action),
				safeCell(e.Subject), safeCell(e.Detail), safeCell(e.Address), e.Hash})
		}
		w.Flush()
		if err := w.Error(); err != nil {
			return nil // the client has gone away
		}
		if entries, err = s.accounts.Log(c.Request().Context(), entries[len(entries)-1].Number, logPage); err != nil {
			panic(http.ErrAbortHandler) // a log that looks complete and is not would be worse
		}
	}
	w.Flush()
	return nil
}
