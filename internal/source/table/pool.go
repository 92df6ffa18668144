package table

import (
	"container/list"
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
)

// maxStatements bounds the prepared statements that a pool keeps, each of them on every connection that ran it.
const maxStatements = 200

// pool is a database whose statements stay prepared, the ones used longest ago going first.
type pool struct {
	*sql.DB
	mu     sync.Mutex
	byText map[string]*list.Element
	order  *list.List // of *statement, the one used last in front
}

type statement struct {
	text string
	*sql.Stmt
}

func newPool(db *sql.DB) *pool {
	return &pool{DB: db, byText: map[string]*list.Element{}, order: list.New()}
}

// prepared returns the statement of a text.
func (p *pool) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	p.mu.Lock()
	if e := p.byText[text]; e != nil {
		p.order.MoveToFront(e)
		p.mu.Unlock()
		return e.Value.(*statement).Stmt, nil
	}
	p.mu.Unlock()
	made, err := p.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if e := p.byText[text]; e != nil { // somebody else was faster
		_ = made.Close() //nolint:sqlclosecheck // only where it is not kept
		return e.Value.(*statement).Stmt, nil
	}
	p.byText[text] = p.order.PushFront(&statement{text, made})
	if p.order.Len() > maxStatements {
		p.drop(p.order.Back())
	}
	return made, nil
}

// drop closes a statement; rows that come from it are read to their end.
func (p *pool) drop(e *list.Element) {
	s := e.Value.(*statement)
	p.order.Remove(e)
	delete(p.byText, s.text)
	_ = s.Close()
}

// forget drops the statement of a text.
func (p *pool) forget(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if e := p.byText[text]; e != nil {
		p.drop(e)
	}
}

// query runs a statement, which stays prepared. The rows are to be closed.
func (t *Tables) query(ctx context.Context, p *pool, text string, args []any) (*sql.Rows, error) {
	for attempt := 0; ; attempt++ {
		s, err := p.prepared(ctx, text) //nolint:sqlclosecheck // it stays prepared
		if err != nil {
			return nil, err
		}
		rows, err := s.QueryContext(ctx, args...)
		if err == nil {
			return rows, nil
		}
		if attempt == 0 && isClosed(err) { // it was dropped between the two
			continue
		}
		if isStale(err) {
			p.forget(text)
		}
		return nil, err
	}
}

// isClosed tells whether a statement was closed before it was run.
func isClosed(err error) bool {
	return !errors.Is(err, sql.ErrConnDone) && strings.Contains(err.Error(), "statement is closed")
}
