package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// parse returns the configuration of a command line.
func parse(t *testing.T, args ...string) (Config, error) {
	t.Helper()
	var c commands
	parser, err := kong.New(&c, kong.Configuration(tomlResolver, configFile()), kong.Exit(func(int) { t.Fatal("exit") }))
	if err != nil {
		return Config{}, err
	}
	_, err = parser.Parse(args)
	return c.Serve.Config, err
}

// inFolder makes a folder with a configuration file the current one.
func inFolder(t *testing.T, toml string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "parkmap.toml"), []byte(toml), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	return dir
}

func TestConfigDefaults(t *testing.T) {
	t.Chdir(t.TempDir())
	c, err := parse(t)
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || c.Store != "data/parkmap.db" || c.MapReviewNumber != "" {
		t.Errorf("defaults are %+v", c)
	}
}

func TestConfigFlagBeforeEnvironmentBeforeFile(t *testing.T) {
	inFolder(t, "listen = \"127.0.0.1:1\"\nlog-format = \"json\"\nmap-review-number = \"file\"\ntrusted-proxies = [\"10.0.0.0/8\", \"192.168.0.0/16\"]\nshutdown-timeout = \"3s\"\n")
	t.Setenv("PARKMAP_LISTEN", "127.0.0.1:2")
	t.Setenv("PARKMAP_MAP_REVIEW_NUMBER", "environment")
	c, err := parse(t, "serve", "--listen", "127.0.0.1:3")
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:3" || c.MapReviewNumber != "environment" || c.LogFormat != "json" || len(c.TrustedProxies) != 2 || c.ShutdownTimeout.Seconds() != 3 {
		t.Errorf("got %+v", c)
	}
}

func TestConfigFileNamed(t *testing.T) {
	dir := inFolder(t, "listen = \"127.0.0.1:1\"\n")
	other := filepath.Join(dir, "other.toml")
	if err := os.WriteFile(other, []byte("listen = \"127.0.0.1:9\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if c, err := parse(t, "--config", other); err != nil || c.Listen != "127.0.0.1:9" {
		t.Errorf("--config: %v %v", c.Listen, err)
	}
	t.Setenv("PARKMAP_CONFIG", other)
	if c, err := parse(t); err != nil || c.Listen != "127.0.0.1:9" {
		t.Errorf("PARKMAP_CONFIG: %v %v", c.Listen, err)
	}
}

func TestConfigContact(t *testing.T) {
	t.Chdir(t.TempDir())
	for given, want := range map[string]string{
		"maps@example.org":           "mailto:maps@example.org",
		"https://example.org/report": "https://example.org/report",
	} {
		c, err := parse(t, "serve", "--contact", given)
		if err != nil {
			t.Fatal(err)
		}
		if link, err := c.contactLink(); err != nil || link != want {
			t.Errorf("%s became %q, %v; want %q", given, link, err, want)
		}
	}
}

func TestConfigErrors(t *testing.T) {
	tests := map[string]struct {
		toml string
		args []string
		want string
	}{
		"unknown key":      {"lisen = \"x\"", nil, "lisen"},
		"broken file":      {"listen = ", nil, "parkmap.toml"},
		"wrong type":       {"listen = []", nil, "listen"},
		"base url":         {"", []string{"--base-url", "ftp://x"}, "--base-url"},
		"base url path":    {"", []string{"--base-url", "https://x.example/map"}, "a path cannot"},
		"base url query":   {"", []string{"--base-url", "https://x/?a"}, "--base-url"},
		"contact":          {"", []string{"--contact", "nobody"}, "--contact"},
		"contact script":   {"", []string{"--contact", "javascript:alert(1)"}, "--contact"},
		"proxies":          {"", []string{"--trusted-proxies", "10.0.0.0"}, "--trusted-proxies"},
		"log format":       {"", []string{"--log-format", "xml"}, "log-format"},
		"missing file":     {"", []string{"--config", "none.toml"}, "none.toml"},
		"unknown flag":     {"", []string{"--colour"}, "--colour"},
		"unknown argument": {"", []string{"sevre"}, "sevre"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			inFolder(t, test.toml)
			_, err := parse(t, test.args...)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one that says %q", err, test.want)
			}
		})
	}
}
