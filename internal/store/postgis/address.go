package postgis

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/lib/pq"
)

// target is a database to connect to.
type target struct {
	dsn  string // a URL, with its password
	name string // server and database, for people
	user string
}

// defaults are the settings of a connection that the URL does not name. A statement that takes a
// minute is stuck; a publication waits for another one, but not for ever; a session that stopped in
// the middle of a transaction does not keep others waiting.
func defaults() map[string]string {
	return map[string]string{
		"application_name":                    "parkmap",
		"connect_timeout":                     "5",
		"statement_timeout":                   "60000",
		"lock_timeout":                        "10000",
		"idle_in_transaction_session_timeout": "60000",
	}
}

// parse reads a postgres:// URL and adds the settings that it leaves open.
func parse(dsn string) (target, error) {
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return target{}, badAddress()
	}
	if strings.HasSuffix(u.Host, "]") { // lib/pq needs a port behind an address of version 6
		u.Host += ":5432"
	}
	query := u.Query()
	for name, value := range defaults() {
		if !query.Has(name) {
			query.Set(name, value)
		}
	}
	u.RawQuery = query.Encode()
	config, err := pq.NewConfig(u.String())
	if err != nil {
		return target{}, badAddress()
	}
	if config.SSLMode == "" { // neither the URL nor the environment says
		query.Set("sslmode", sslMode(config))
		u.RawQuery = query.Encode()
	}
	return target{dsn: u.String(), name: describe(config), user: config.User}, nil
}

// sslMode is what is used where nobody says: no encryption within this machine, else at least that.
func sslMode(c pq.Config) string {
	hosts := []string{c.Host}
	if c.Hostaddr.IsValid() {
		hosts = []string{c.Hostaddr.String()}
	}
	for _, m := range c.Multi {
		hosts = append(hosts, m.Host)
	}
	for _, h := range hosts {
		ip, err := netip.ParseAddr(h)
		if h != "localhost" && (err != nil || !ip.IsLoopback()) {
			return string(pq.SSLModeRequire)
		}
	}
	return string(pq.SSLModeDisable)
}

// describe names database and server; for a socket its folder.
func describe(c pq.Config) string {
	database := c.Database
	if database == "" {
		database = c.User
	}
	return "PostgreSQL database " + strconv.Quote(database) + " at " +
		net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port)))
}
