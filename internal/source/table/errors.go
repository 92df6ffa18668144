package table

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"parkmap/internal/layout"
	"parkmap/internal/pgconn"
)

// isStale tells whether an error says that a table is not what it was when its statement was made.
func isStale(err error) bool {
	var e *pq.Error
	if !errors.As(err, &e) || lacks(e) != "" {
		return false
	}
	switch e.Code {
	case pqerror.UndefinedTable, pqerror.UndefinedColumn, pqerror.InvalidSchemaName, pqerror.UndefinedFunction,
		pqerror.FeatureNotSupported, pqerror.DatatypeMismatch, pqerror.InsufficientPrivilege, pqerror.WrongObjectType:
		return true
	}
	return e.Code.Class() == pqerror.ClassInternalError // its parts were dropped meanwhile
}

// lacks says what a database cannot do that functions of CQL2 need; "" where it is something else.
func lacks(e *pq.Error) string {
	switch {
	case e.Code == pqerror.UndefinedObject && strings.Contains(e.Message, "und-x-icu"):
		return "CASEI cannot be used with this table: its PostgreSQL was built without ICU"
	case e.Code == pqerror.UntranslatableCharacter, e.Code == pqerror.ProgramLimitExceeded && strings.Contains(e.Message, "encoding"):
		return "the database of this table is not in UTF-8: CASEI, ACCENTI and characters that its encoding lacks cannot be used"
	}
	return ""
}

// classify gives an error of a query its kind.
func (t *Tables) classify(ctx context.Context, made *table, err error) error {
	if err == nil || layout.KindOf(err) != "" {
		return err
	}
	if ctx.Err() != nil { // lib/pq tells of a statement that was cancelled, not of who did it
		return fmt.Errorf("read %s: %w (%w)", made.id, ctx.Err(), err)
	}
	unavailable := func(detail string) error {
		return &layout.Error{Kind: layout.KindUnavailable, Concerns: "collection " + string(made.id), Detail: detail, Err: err}
	}
	var e *pq.Error
	if !errors.As(err, &e) {
		if pgconn.Lost(err) {
			return unavailable("its database does not answer")
		}
		return fmt.Errorf("read %s: %w", made.id, err)
	}
	if detail := lacks(e); detail != "" {
		return layout.Invalid("query of "+string(made.id), violation("filter", detail))
	}
	switch e.Code {
	case pqerror.LockNotAvailable:
		return unavailable("the table is locked by somebody who changes it")
	case pqerror.QueryCanceled:
		return unavailable("the query takes longer than this server allows; ask for less")
	}
	switch e.Code.Class() {
	case pqerror.ClassDataException:
		return layout.Invalid("query of "+string(made.id), violation("", "a value cannot be compared with those of the table"))
	case pqerror.ClassConnectionException, pqerror.ClassInsufficientResources, pqerror.ClassOperatorIntervention,
		pqerror.ClassSystemError, pqerror.ClassInvalidAuthorizationSpecification, pqerror.ClassInvalidCatalogName,
		pqerror.ClassTransactionRollback:
		return unavailable("its database does not answer")
	}
	if isStale(err) {
		return unavailable("the table is being changed")
	}
	return fmt.Errorf("read %s: %w", made.id, err)
}
