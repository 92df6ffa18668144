package postgis

import (
	"context"
	"errors"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"parkmap/internal/layout"
	"parkmap/internal/pgconn"
	"parkmap/internal/store"
)

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
	case pgconn.Lost(err):
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
