package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is a process under measurement.
type server struct {
	cmd  *exec.Cmd
	addr string
}

// start runs a program that listens on a free port of 127.0.0.1 and returns when it answers, with the time
// that took. Its log goes to a file, as it would on a real machine.
func start(ctx context.Context, dir, path, name string, args ...string) (*server, time.Duration, error) {
	addr, err := freeAddress()
	if err != nil {
		return nil, 0, err
	}
	log, err := os.Create(filepath.Join(dir, filepath.Base(name)+".log"))
	if err != nil {
		return nil, 0, err
	}
	defer log.Close()
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "ADDR", addr)
	}
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, 0, err
	}
	s := &server{cmd: cmd, addr: addr}
	if err := s.await(ctx, path); err != nil {
		text, _ := os.ReadFile(log.Name())
		return nil, 0, fmt.Errorf("%w: %s", err, text)
	}
	return s, time.Since(began), nil
}

// freeAddress returns an address of 127.0.0.1 that nobody listens on.
func freeAddress() (string, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return ln.Addr().String(), ln.Close()
}

// await asks for path until it is answered with 200, at most ten seconds long.
func (s *server) await(ctx context.Context, path string) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.addr+path, nil)
		if err != nil {
			return err
		}
		resp, err := http.DefaultClient.Do(req)
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%s does not answer", s.cmd.Path)
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// stop ends the process and waits for it.
func (s *server) stop() error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return s.cmd.Wait()
}

var (
	rss  = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)
	peak = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)
)

// memoryMiB is the resident memory of the process.
func (s *server) memoryMiB() (float64, error) { return s.vital(rss) }

// peakMiB is the most resident memory that the process had.
func (s *server) peakMiB() (float64, error) { return s.vital(peak) }

// vital reads a number of the status of the process, in MiB.
func (s *server) vital(line *regexp.Regexp) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	m := line.FindSubmatch(status)
	if m == nil {
		return 0, fmt.Errorf("process %d has no memory", s.cmd.Process.Pid)
	}
	kb, err := strconv.ParseFloat(string(m[1]), 64)
	return kb / 1024, err
}
