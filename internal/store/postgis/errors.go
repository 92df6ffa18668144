package postgis

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

	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// badAddress has no cause, because that would quote the address with its password.
func badAddress() error {
	return &store.OpenError{Database: "the PostgreSQL address", Reason: "cannot be read",
		Advice: "write it as postgres://user:password@host:5432/database?sslmode=verify-full, with special characters percent-encoded"}
}

func unreachable(name string, waited time.Duration, err error) error {
	return &store.OpenError{Database: name, Reason: fmt.Sprintf("did not answer within %v", waited),
		Advice: "start it, or check host and port in --store", Err: err}
}

// transient says whether err may pass by itself: the server is not there yet, starts, or is full.
// What the server says of user, password or database does not.
func transient(err error) bool {
	var e *pq.Error
	if errors.As(err, &e) {
		return e.Code == pqerror.CannotConnectNow || e.Code == pqerror.TooManyConnections || e.Code == pqerror.AdminShutdown
	}
	return lost(err)
}

// lost says whether err means that the connection could not be made or broke.
func lost(err error) bool {
	var n net.Error
	return errors.As(err, &n) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, context.DeadlineExceeded)
}

// openError turns what went wrong while opening into one sentence for the operator.
func openError(ctx context.Context, t target, err error) error {
	var o *store.OpenError
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("open %s: %w (%w)", t.name, ctx.Err(), err)
	case errors.As(err, &o):
		return err
	}
	sentence := func(reason, advice string) error {
		return &store.OpenError{Database: t.name, Reason: reason, Advice: advice, Err: err}
	}
	if errors.Is(err, pq.ErrSSLNotSupported) {
		return sentence("does not offer encryption", "turn it on there, or add sslmode=disable to --store if the network between is safe")
	}
	var e *pq.Error
	if !errors.As(err, &e) {
		return sentence("cannot be opened", "check the address in --store, and the log of the server")
	}
	switch e.Code.Class() {
	case pqerror.ClassInvalidAuthorizationSpecification:
		return sentence(fmt.Sprintf("does not let user %q in", t.user), "check user and password in --store")
	case pqerror.ClassInvalidCatalogName:
		return sentence("does not exist", "create it, or check its name in --store")
	}
	switch e.Code {
	case pqerror.InsufficientPrivilege:
		return sentence(fmt.Sprintf("does not give user %q the rights that are needed", t.user),
			"let the owner of the database run GRANT CREATE ON DATABASE for this user, or make it the owner of schema parkmap")
	case pqerror.ReadOnlySQLTransaction:
		return sentence("is read-only and its tables are not up to date", "open the primary server first")
	}
	return sentence("cannot be opened ("+e.Message+")", "see the log of the server")
}

// fail is the error of a call that tried something; ctx is the caller's.
func fail(ctx context.Context, tried string, err error) error {
	return store.Fail(ctx, tried, err, classify)
}

// classify gives an error of the database its kind: not to be had for the moment. An error without
// kind is ours.
func classify(err error) error {
	detail := ""
	var e *pq.Error
	switch {
	case errors.As(err, &e):
		detail = describeState(e.Code)
	case lost(err):
		detail = "the database does not answer"
	}
	if detail == "" {
		return err
	}
	return &layout.Error{Kind: layout.KindUnavailable, Concerns: "store", Detail: detail, Err: err}
}

// describeState says what an error state of the server means to a caller, "" when it is our mistake.
func describeState(code pqerror.Code) string {
	switch code {
	case pqerror.QueryCanceled, pqerror.LockNotAvailable:
		return "the database took too long"
	case pqerror.ReadOnlySQLTransaction:
		return "the database is read-only; nothing was changed"
	case pqerror.DiskFull:
		return "the disk of the database is full; nothing was changed"
	case pqerror.UndefinedTable, pqerror.InvalidSchemaName, pqerror.InsufficientPrivilege:
		return "the tables of parkmap are gone or no longer ours"
	}
	switch code.Class() {
	case pqerror.ClassConnectionException, pqerror.ClassInsufficientResources,
		pqerror.ClassOperatorIntervention, pqerror.ClassSystemError,
		pqerror.ClassInvalidAuthorizationSpecification, pqerror.ClassInvalidCatalogName:
		return "the database does not answer"
	case pqerror.ClassTransactionRollback:
		return "the database undid it because of others; try again"
	}
	return ""
}
