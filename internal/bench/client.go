package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"sync"
	"time"
)

// target is one request that is sent over and over.
type target struct {
	name     string
	path     string
	encoding string
}

// request is the request in HTTP/1.1 as it goes over the wire.
func (t target) request(addr string) []byte {
	return []byte("GET " + t.path + " HTTP/1.1\r\nHost: " + addr + "\r\nAccept-Encoding: " + t.encoding + "\r\n\r\n")
}

// rate is what a load gave.
type rate struct {
	perSecond float64       // answers
	p99       time.Duration // that 99 of 100 answers took at most
}

// load sends targets in turns over conns connections for d. The client does as little as it can, since it shares the
// processor with the server: it reads the length and skips the body. Any answer but 200 and 204 is an error.
func load(ctx context.Context, addr string, targets []target, conns int, d time.Duration) (rate, error) {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	requests := make([][]byte, len(targets))
	for i, t := range targets {
		requests[i] = t.request(addr)
	}
	took := make([][]time.Duration, conns)
	var group sync.WaitGroup
	failed := make(chan error, conns)
	start := time.Now()
	for i := range conns {
		group.Go(func() {
			var err error
			// Each connection begins elsewhere, so that they do not all ask for the same.
			if took[i], err = hammer(ctx, addr, requests, i*len(requests)/conns); err != nil {
				failed <- err
			}
		})
	}
	group.Wait()
	select {
	case err := <-failed:
		return rate{}, fmt.Errorf("%s: %w", targets[0].name, err)
	default:
	}
	all := slices.Concat(took...)
	if len(all) == 0 {
		return rate{}, fmt.Errorf("%s: no answer within %s", targets[0].name, d)
	}
	slices.Sort(all)
	return rate{float64(len(all)) / time.Since(start).Seconds(), all[len(all)*99/100]}, nil
}

// hammer repeats requests on one connection until ctx ends, beginning with the one of that number, and returns what each
// answer took.
func hammer(ctx context.Context, addr string, requests [][]byte, first int) ([]time.Duration, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	r := bufio.NewReaderSize(conn, 64<<10)
	took := make([]time.Duration, 0, 1<<14)
	for i := first; ctx.Err() == nil; i++ {
		sent := time.Now()
		if _, err := ask(conn, r, requests[i%len(requests)]); err != nil {
			return nil, err
		}
		took = append(took, time.Since(sent))
	}
	return took, nil
}

// ask sends a request, skips the answer and returns the length of its body.
func ask(conn net.Conn, r *bufio.Reader, request []byte) (int, error) {
	if _, err := conn.Write(request); err != nil {
		return 0, err
	}
	length, err := readHead(r)
	if err != nil {
		return 0, err
	}
	return r.Discard(length)
}

// sweep asks for each target once over conns connections and returns how long that took, and how many bytes came.
func sweep(ctx context.Context, addr string, targets []target, conns int) (took time.Duration, bytes int64, err error) {
	lines := make(chan *line, conns)
	for range conns {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			return 0, 0, err
		}
		defer conn.Close()
		lines <- &line{conn, bufio.NewReaderSize(conn, 64<<10)}
	}
	return inTurns(ctx, conns, targets, func(t target) (int64, error) {
		l := <-lines
		defer func() { lines <- l }()
		n, err := ask(l.conn, l.r, t.request(addr))
		if err != nil {
			return 0, fmt.Errorf("%s: %w", t.path, err)
		}
		return int64(n), nil
	})
}

// line is a connection with what was read ahead of it.
type line struct {
	conn net.Conn
	r    *bufio.Reader
}

var contentLength = []byte("content-length:")

// readHead reads a status line and headers and returns the length of the body.
func readHead(r *bufio.Reader) (int, error) {
	status, err := r.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	length := -1
	switch {
	case bytes.HasPrefix(status, []byte("HTTP/1.1 204")):
		length = 0
	case !bytes.HasPrefix(status, []byte("HTTP/1.1 200")):
		return 0, fmt.Errorf("answered %q", bytes.TrimSpace(status))
	}
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		if len(line) > len(contentLength) && bytes.EqualFold(line[:len(contentLength)], contentLength) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(line[len(contentLength):]))); err != nil {
				return 0, err
			}
		}
	}
	if length < 0 {
		return 0, errors.New("answered without a length")
	}
	return length, nil
}

// record fetches t once and returns the answer as it came over the wire: head and body.
func record(addr string, t target) (head, body []byte, err error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, nil, err
	}
	defer conn.Close()
	if _, err := conn.Write(t.request(addr)); err != nil {
		return nil, nil, err
	}
	var seen bytes.Buffer
	r := bufio.NewReader(io.TeeReader(conn, &seen))
	length, err := readHead(r)
	if err != nil {
		return nil, nil, err
	}
	body = make([]byte, length)
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, nil, err
	}
	head, _, _ = bytes.Cut(seen.Bytes(), []byte("\r\n\r\n"))
	return head, body, nil
}
