package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"parkmap/internal/auth"
)

// read returns a new password for an account: a line of the standard input, or what somebody types twice.
func (f passwordFlags) read(ctx context.Context, s streams, name string) (string, error) {
	in := bufio.NewReader(os.Stdin)
	if f.PasswordStdin {
		return line(ctx, in)
	}
	if stty(ctx, "-echo") != nil {
		return "", errors.New("there is no terminal to ask for the password; hand it in with --password-stdin")
	}
	defer func() { _ = stty(context.WithoutCancel(ctx), "echo") }()
	var typed [2]string
	for i, prompt := range []string{"Password for %s: ", "The same again, for %s: "} {
		fmt.Fprintf(s.err, prompt, auth.CleanName(name))
		text, err := line(ctx, in)
		fmt.Fprintln(s.err)
		if err != nil {
			return "", err
		}
		typed[i] = text
	}
	if typed[0] != typed[1] {
		return "", errors.New("the two are not the same; nothing was changed")
	}
	return typed[0], nil
}

// line reads a line without its end, until ctx ends.
func line(ctx context.Context, in *bufio.Reader) (string, error) {
	type result struct {
		text string
		err  error
	}
	done := make(chan result, 1)
	go func() {
		text, err := in.ReadString('\n')
		done <- result{strings.TrimRight(text, "\r\n"), err}
	}()
	select {
	case <-ctx.Done():
		return "", errors.New("interrupted; nothing was changed")
	case r := <-done:
		switch {
		case r.err != nil && !errors.Is(r.err, io.EOF):
			return "", fmt.Errorf("the password cannot be read: %w", r.err)
		case r.text == "":
			return "", errors.New("the password is empty; nothing was changed")
		}
		return r.text, nil
	}
}

// stty sets a mode of the terminal that the standard input is.
func stty(ctx context.Context, mode string) error {
	cmd := exec.CommandContext(ctx, "stty", mode)
	cmd.Stdin = os.Stdin
	return cmd.Run()
}
