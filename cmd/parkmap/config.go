package main

import (
	"fmt"
	"io"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"github.com/pelletier/go-toml/v2"
)

// commands is the command line: one field a command, flags shared by several embedded.
type commands struct {
	Config kong.ConfigFlag `help:"TOML file with any of the flags as keys ($PARKMAP_CONFIG, or ./parkmap.toml where there is one)." placeholder:"FILE"`

	Serve   serveCmd   `cmd:"" default:"withargs" help:"Serve the map and the API; what parkmap does when no command is named."`
	Backup  backupCmd  `cmd:"" help:"Copy the store into a file while servers go on."`
	Tiles   tilesCmd   `cmd:"" help:"Take tiles away."`
	Doctor  doctorCmd  `cmd:"" help:"Look at the store, or at a running server, and say what is wrong."`
	Tables  tablesCmd  `cmd:"" help:"Prepare tables of a database for being published."`
	User    userCmd    `cmd:"" help:"Make and change accounts, beside running servers too."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// storeFlags say where the layout is kept.
type storeFlags struct {
	Store string `help:"Where the layout is kept: a SQLite file or postgres://…" default:"data/parkmap.db" placeholder:"FILE|URL" env:"PARKMAP_STORE"`
}

// Config is the configuration of a server.
type Config struct {
	storeFlags
	tableFlags
	tableLimits
	oidcFlags
	Private         []string      `help:"Collection that only signed-in users see. May be repeated." placeholder:"COLLECTION" env:"PARKMAP_PRIVATE"`
	Listen          string        `help:"Address to listen on." default:"127.0.0.1:8080" env:"PARKMAP_LISTEN"`
	Layout          string        `help:"Layout folder for an empty store (default: the built-in layout)." type:"path" placeholder:"DIR" env:"PARKMAP_LAYOUT"`
	BaseURL         string        `help:"Public address of this server, for absolute links." placeholder:"URL" env:"PARKMAP_BASE_URL"`
	Review          string        `help:"on: changes are published when somebody else than their author has approved them; off: when they are submitted." enum:"on,off" default:"on" env:"PARKMAP_REVIEW"`
	MapReviewNumber string        `help:"Number under which the map was reviewed, shown on every map." env:"PARKMAP_MAP_REVIEW_NUMBER"`
	Contact         string        `help:"Where readers report what is wrong: a mail address or the address of a page." placeholder:"MAIL|URL" env:"PARKMAP_CONTACT"`
	TrustedProxies  []string      `help:"Networks whose forwarded headers are believed." placeholder:"CIDR" env:"PARKMAP_TRUSTED_PROXIES"`
	LogFormat       string        `help:"text or json." enum:"text,json" default:"text" env:"PARKMAP_LOG_FORMAT"`
	LogLevel        string        `help:"debug, info, warn or error." enum:"debug,info,warn,error" default:"info" env:"PARKMAP_LOG_LEVEL"`
	ConnectTimeout  time.Duration `help:"How long to wait for the database at the start." default:"30s" env:"PARKMAP_CONNECT_TIMEOUT"`
	ShutdownTimeout time.Duration `help:"How long requests may take to finish at the end." default:"15s" env:"PARKMAP_SHUTDOWN_TIMEOUT"`
}

// Validate reports the first value that cannot work. Kong calls it.
func (c *Config) Validate() error {
	if c.BaseURL != "" {
		u, err := url.Parse(c.BaseURL)
		if err != nil || u.Host == "" || u.User != nil || (u.Scheme != "http" && u.Scheme != "https") || strings.Trim(u.Path+u.RawQuery+u.Fragment, "/") != "" {
			return fmt.Errorf("--base-url: %q is no address of a server, such as https://map.example.org; a path cannot be part of it", c.BaseURL)
		}
		c.BaseURL = u.Scheme + "://" + u.Host
	}
	if _, err := c.contactLink(); err != nil {
		return err
	}
	if _, err := c.patterns(); err != nil {
		return err
	}
	if _, _, err := c.database(c.storeFlags); err != nil {
		return err
	}
	if _, err := c.hidden(); err != nil {
		return err
	}
	if err := c.oidcFlags.check(c.BaseURL); err != nil {
		return err
	}
	_, err := c.proxies()
	return err
}

// contactLink is the contact as an address that can be followed; "" is none.
func (c *Config) contactLink() (string, error) {
	if m, err := mail.ParseAddress(c.Contact); err == nil && m.Address == c.Contact {
		return "mailto:" + m.Address, nil
	}
	u, err := url.Parse(c.Contact)
	if c.Contact != "" && (err != nil || u.Host == "" || u.User != nil || (u.Scheme != "http" && u.Scheme != "https")) {
		return "", fmt.Errorf("--contact: %q is neither a mail address nor the address of a page", c.Contact)
	}
	return c.Contact, nil
}

// proxies parses the trusted networks.
func (c *Config) proxies() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range c.TrustedProxies {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, fmt.Errorf("--trusted-proxies: %q is no network such as 10.0.0.0/8", s)
		}
		out = append(out, p)
	}
	return out, nil
}

// configFile is the configuration file that is read where no --config names another.
func configFile() string {
	if path := os.Getenv("PARKMAP_CONFIG"); path != "" {
		return path
	}
	return "parkmap.toml"
}

// tomlResolver reads flag values from a flat TOML document whose keys are the names of flags. It is a
// kong.ConfigurationLoader.
func tomlResolver(r io.Reader) (kong.Resolver, error) {
	values := map[string]any{}
	if err := toml.NewDecoder(r).Decode(&values); err != nil {
		return nil, err
	}
	return tomlValues(values), nil
}

// tomlValues are the values of a configuration file by the names of flags.
type tomlValues map[string]any

// Validate refuses keys that are no flag of any command.
func (t tomlValues) Validate(app *kong.Application) error {
	known := map[string]bool{}
	for _, node := range append(app.Children, app.Node) {
		for _, f := range node.Flags {
			known[f.Name] = true
		}
	}
	for key := range t {
		if !known[key] {
			return fmt.Errorf("the configuration file has a key %q that is no flag", key)
		}
	}
	return nil
}

// Resolve returns the value of a flag, or nil where the file has none or the environment comes first.
func (t tomlValues) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		if _, ok := os.LookupEnv(name); ok {
			return nil, nil
		}
	}
	return t[flag.Name], nil
}
