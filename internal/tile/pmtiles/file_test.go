package pmtiles

import (
	"io"
	"syscall"
)

// memory is a File. Beyond full, where that is not 0, it takes nothing more.
type memory struct {
	data []byte
	full int
}

func (m *memory) ReadAt(b []byte, at int64) (int, error) {
	if at >= int64(len(m.data)) {
		return 0, io.EOF
	}
	n := copy(b, m.data[at:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (m *memory) WriteAt(b []byte, at int64) (int, error) {
	end := int(at) + len(b)
	if m.full > 0 && end > m.full {
		return 0, syscall.ENOSPC
	}
	if end > len(m.data) {
		m.data = append(m.data, make([]byte, end-len(m.data))...)
	}
	return copy(m.data[at:], b), nil
}

func (m *memory) Truncate(size int64) error {
	if size > int64(len(m.data)) {
		m.data = append(m.data, make([]byte, int(size)-len(m.data))...)
	}
	m.data = m.data[:size]
	return nil
}

func (m *memory) Sync() error { return nil }
