package pgconn

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"parkmap/internal/store"
)

// BadAddress says that an address cannot be read. It has no cause, because that would quote the address with its password.
func BadAddress() error {
	return &store.OpenError{Database: "the PostgreSQL address", Reason: "cannot be read",
		Advice: "write it as postgres://user:password@host:5432/database?sslmode=verify-full, with special characters percent-encoded"}
}

// Unreachable says that a server did not answer.
func Unreachable(t Target, waited time.Duration, err error) error {
	return &store.OpenError{Database: t.Name, Reason: fmt.Sprintf("did not answer within %v", waited),
		Advice: "start it, or check host and port in " + t.Flag, Err: err}
}

// Transient says whether err may pass by itself: the server is not there yet, starts, or is full.
// What the server says of user, password or database does not.
func Transient(err error) bool {
	var e *pq.Error
	if errors.As(err, &e) {
		return e.Code == pqerror.CannotConnectNow || e.Code == pqerror.TooManyConnections || e.Code == pqerror.AdminShutdown
	}
	return Lost(err)
}

// Lost says whether err means that the connection could not be made or broke.
func Lost(err error) bool {
	var n net.Error
	return errors.As(err, &n) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, context.DeadlineExceeded)
}

// OpenError turns what went wrong while opening into one sentence for the operator.
func OpenError(ctx context.Context, t Target, err error) error {
	var o *store.OpenError
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("open %s: %w (%w)", t.Name, ctx.Err(), err)
	case errors.As(err, &o):
		return err
	}
	sentence := func(reason, advice string) error {
		return &store.OpenError{Database: t.Name, Reason: reason, Advice: advice, Err: err}
	}
	if errors.Is(err, pq.ErrSSLNotSupported) {
		return sentence("does not offer encryption", "turn it on there, or add sslmode=disable to "+t.Flag+" if the network between is safe")
	}
	var e *pq.Error
	if !errors.As(err, &e) {
		return sentence("cannot be opened", "check the address in "+t.Flag+", and the log of the server")
	}
	switch e.Code.Class() {
	case pqerror.ClassInvalidAuthorizationSpecification:
		return sentence(fmt.Sprintf("does not let user %q in", t.User), "check user and password in "+t.Flag)
	case pqerror.ClassInvalidCatalogName:
		return sentence("does not exist", "create it, or check its name in "+t.Flag)
	}
	switch e.Code {
	case pqerror.InsufficientPrivilege:
		return sentence(fmt.Sprintf("does not give user %q the rights that are needed", t.User),
			"let the owner of the database run GRANT CREATE ON DATABASE for this user, or make it the owner of schema parkmap")
	case pqerror.ReadOnlySQLTransaction:
		return sentence("is read-only and its tables are not up to date", "open the primary server first")
	}
	return sentence("cannot be opened ("+e.Message+")", "see the log of the server")
}
