package table

import (
	"bufio"
	"context"
	"net"
	"time"
)

// readSize is how much is read of a connection at once. The driver alone reads 4 KB, and rows of a tile are megabytes.
const readSize = 64 << 10

// dialer connects to a database. It implements pq.DialerContext.
type dialer struct{ net.Dialer }

// DialTimeout implements pq.Dialer.
func (d *dialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// DialContext implements pq.DialerContext.
func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := d.Dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return conn{c, bufio.NewReaderSize(c, readSize)}, nil
}

// conn is a connection that is read ahead.
type conn struct {
	net.Conn
	ahead *bufio.Reader
}

func (c conn) Read(p []byte) (int, error) { return c.ahead.Read(p) }
