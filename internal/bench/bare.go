package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// answer is a recorded answer.
type answer struct {
	status int
	head   http.Header
	body   []byte
}

// answerFile is the file in a folder that holds the answer to a path.
func answerFile(dir, path string) string { return filepath.Join(dir, url.QueryEscape(path)) }

// serveBare serves recorded answers by their paths, and anything else by one of them, with a handler that does nothing
// besides: the limit of what net/http can do. The option is the address and the folder.
func serveBare(ctx context.Context, o options) error {
	addr, dir, _ := strings.Cut(o.bare, ",")
	answers, err := readAnswers(dir)
	if err != nil {
		return err
	}
	srv := &http.Server{Addr: addr, ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := answers[r.RequestURI]
		if !ok {
			a = answers[""]
		}
		for name, values := range a.head {
			w.Header()[name] = values
		}
		if a.status == http.StatusNoContent {
			w.WriteHeader(a.status)
			return
		}
		_, _ = w.Write(a.body) // the client may have gone
	})}
	go func() {
		<-ctx.Done()
		_ = srv.Close() // ends the process
	}()
	return srv.ListenAndServe()
}

// readAnswers reads a folder of answers by path; that of "" is one of them.
func readAnswers(dir string) (map[string]answer, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errors.New("no answers were recorded")
	}
	answers := map[string]answer{}
	for _, file := range files {
		path, err := url.QueryUnescape(file.Name())
		if err != nil {
			return nil, err
		}
		text, err := os.ReadFile(filepath.Join(dir, file.Name()))
		if err != nil {
			return nil, err
		}
		if answers[path], err = readAnswer(text); err != nil {
			return nil, err
		}
		if answers[path].status == 0 {
			answers[""] = answers[path]
		}
	}
	return answers, nil
}

// readAnswer parses an answer as it came over the wire.
func readAnswer(text []byte) (a answer, err error) {
	r := bufio.NewReader(bytes.NewReader(text))
	first, err := r.ReadString('\n')
	if err != nil {
		return a, err
	}
	if strings.Contains(first, " 204 ") {
		a.status = http.StatusNoContent
	}
	head, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return a, err
	}
	a.head = http.Header(head)
	a.body, err = io.ReadAll(r)
	return a, err
}
