package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"sync"
	"sync/atomic"
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

// load sends t over conns connections for d and returns the answers per second. The client does as little
// as it can, since it shares the processor with the server: it reads the length and skips the body. Any
// answer but 200 is an error.
func load(ctx context.Context, addr string, t target, conns int, d time.Duration) (float64, error) {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	var answers atomic.Int64
	var group sync.WaitGroup
	failed := make(chan error, conns)
	start := time.Now()
	for range conns {
		group.Go(func() {
			if err := hammer(ctx, addr, t.request(addr), &answers); err != nil {
				failed <- err
			}
		})
	}
	group.Wait()
	select {
	case err := <-failed:
		return 0, fmt.Errorf("%s: %w", t.name, err)
	default:
	}
	return float64(answers.Load()) / time.Since(start).Seconds(), nil
}

// hammer repeats one request on one connection until ctx ends.
func hammer(ctx context.Context, addr string, request []byte, answers *atomic.Int64) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	r := bufio.NewReaderSize(conn, 64<<10)
	for ctx.Err() == nil {
		if _, err := conn.Write(request); err != nil {
			return err
		}
		length, err := readHead(r)
		if err != nil {
			return err
		}
		if _, err := r.Discard(length); err != nil {
			return err
		}
		answers.Add(1)
	}
	return nil
}

var contentLength = []byte("content-length:")

// readHead reads a status line and headers and returns the length of the body.
func readHead(r *bufio.Reader) (int, error) {
	status, err := r.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200")) {
		return 0, fmt.Errorf("answered %q", bytes.TrimSpace(status))
	}
	length := -1
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
