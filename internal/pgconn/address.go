// Package pgconn says how databases of PostgreSQL are reached and what it means when they are not: addresses, the
// settings of connections, errors of connecting. The store and the source of tables share it.
package pgconn

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/lib/pq"
)

// Target is a database to connect to.
type Target struct {
	DSN  string // a URL, with its password
	Name string // server and database, for people
	User string
	Flag string // of the command line that names it, for advice
}

// Parse reads a postgres:// URL that a flag names and adds the settings that it leaves open: sslmode is disable
// on a socket and on this machine, else require. The error is a *store.OpenError and has no password.
func Parse(flag, dsn string, settings map[string]string) (Target, error) {
	u, err := url.Parse(dsn)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return Target{}, BadAddress()
	}
	if strings.HasSuffix(u.Host, "]") { // lib/pq needs a port behind an address of version 6
		u.Host += ":5432"
	}
	query := u.Query()
	for name, value := range settings {
		if !query.Has(name) {
			query.Set(name, value)
		}
	}
	u.RawQuery = query.Encode()
	config, err := pq.NewConfig(u.String())
	if err != nil {
		return Target{}, BadAddress()
	}
	if config.SSLMode == "" { // neither the URL nor the environment says
		query.Set("sslmode", sslMode(config))
		u.RawQuery = query.Encode()
	}
	return Target{DSN: u.String(), Name: describe(config), User: config.User, Flag: flag}, nil
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
