package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// tick is the unit of processor times in /proc: Linux tells programs hundredths of a second, whatever it counts in.
const tick = time.Second / 100

// stat is the part of /proc/PID/stat that tells of processor time (proc(5)).
type stat struct {
	parent      int
	own, reaped time.Duration // of the process; of its children that ended and were waited for
}

// readStat reads that of a process.
func readStat(pid int) (s stat, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return s, err
	}
	// The name of the program, in brackets, may hold anything.
	_, rest, ok := cutLast(string(text), ") ")
	fields := strings.Fields(rest)
	if !ok || len(fields) < 15 {
		return s, fmt.Errorf("process %d: /proc tells nothing of it", pid)
	}
	var n [15]int
	for _, i := range []int{1, 11, 12, 13, 14} {
		if n[i], err = strconv.Atoi(fields[i]); err != nil {
			return s, err
		}
	}
	return stat{n[1], time.Duration(n[11]+n[12]) * tick, time.Duration(n[13]+n[14]) * tick}, nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// cpuOf is the processor time that some processes and their children used so far, those that ended included.
func cpuOf(pids ...int) (total time.Duration, err error) {
	paths, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return 0, err
	}
	for _, path := range paths {
		pid, err := strconv.Atoi(filepath.Base(path))
		if err != nil {
			return 0, err
		}
		s, err := readStat(pid)
		switch {
		case errors.Is(err, os.ErrNotExist) || errors.Is(err, syscall.ESRCH): // it ended meanwhile
		case err != nil:
			return 0, err
		case slices.Contains(pids, pid) || slices.Contains(pids, s.parent):
			total += s.own + s.reaped
		}
	}
	return total, nil
}

// settle waits until processes and their children rest: until they use less than a twentieth of a processor for half a
// second, at most a minute long.
func settle(ctx context.Context, pids ...int) error {
	const look = time.Second / 2
	for range time.Minute / look {
		before, err := cpuOf(pids...)
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(look):
		}
		if after, err := cpuOf(pids...); err != nil || after-before < look/20 {
			return err
		}
	}
	return errors.New("the program does not come to rest")
}
