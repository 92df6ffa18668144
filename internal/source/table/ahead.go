package table

import (
	"database/sql"
	"sync"
)

// batchSize is how many bytes of records are handed from the goroutine that reads them to the one that uses them.
const batchSize = 64 << 10

// batch is some records, one behind the other.
type batch struct {
	data []byte
	ends []int
	err  error // that reading ended with, behind them
}

var batches = sync.Pool{New: func() any { return new(batch) }}

func (b *batch) release() {
	if cap(b.data) <= maxKept {
		batches.Put(b)
	}
}

// fill reads records until there is a batch of them, and tells whether there may be more.
func (b *batch) fill(rows *sql.Rows) (more bool) {
	b.data, b.ends, b.err = b.data[:0], b.ends[:0], nil
	var raw sql.RawBytes
	for len(b.data) < batchSize {
		if !rows.Next() {
			b.err = rows.Err()
			return false
		}
		if b.err = rows.Scan(&raw); b.err != nil {
			return false
		}
		b.data = append(b.data, raw...)
		b.ends = append(b.ends, len(b.data))
	}
	return true
}

// each hands the records to use, until the first error.
func (b *batch) each(use func(record []byte) error) error {
	start := 0
	for _, end := range b.ends {
		if err := use(b.data[start:end]); err != nil {
			return err
		}
		start = end
	}
	return b.err
}

// readAhead hands the records of rows to use, one after the other, and reads the next ones meanwhile. Where use fails
// it cancels the query.
func readAhead(rows *sql.Rows, cancel func(), use func(record []byte) error) error {
	first := batches.Get().(*batch)
	if !first.fill(rows) { // all that there is
		defer first.release()
		return first.each(use)
	}
	const depth = 3
	full, empty := make(chan *batch, depth), make(chan *batch, depth)
	for range depth - 1 {
		empty <- batches.Get().(*batch)
	}
	full <- first
	go func() {
		defer close(full)
		for more := true; more; {
			b := <-empty
			more = b.fill(rows)
			full <- b
		}
	}()
	var err error
	for b := range full {
		if err == nil {
			if err = b.each(use); err != nil {
				cancel()
			}
		}
		empty <- b
	}
	for range depth {
		(<-empty).release()
	}
	return err
}
