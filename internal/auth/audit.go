package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Actor is who does something, and from which address.
type Actor struct {
	Name    string
	Address string
}

// CommandLine is the actor of commands that are run beside a server. No account has this name.
func CommandLine() Actor { return Actor{Name: "(command line)"} }

// Event is what somebody did.
type Event struct {
	At      time.Time // UTC, whole microseconds
	Actor   string    // name of an account, or as CommandLine has it; "" is a visitor
	Action  string    // such as account-add
	Subject string    // what it was done to
	Detail  string    // what changed, in one line
	Address string    // of the client; "" for commands
}

// Entry is an event in the log. Each entry vouches for all before it.
type Entry struct {
	Number int64 // from 1, without gaps
	Event
	Previous string // hash of the entry before; "" of the first
	Hash     string
}

// Seal makes the entry that follows e, or the first one of a log where e is the zero Entry.
func (e Entry) Seal(event Event) Entry {
	event.At = event.At.UTC().Truncate(time.Microsecond)
	next := Entry{Number: e.Number + 1, Event: event, Previous: e.Hash}
	next.Hash = next.seal()
	return next
}

// seal is the SHA-256, in hexadecimal, of the fields as netstrings (D. J. Bernstein, 1997), one behind the other:
// "parkmap-audit-1", number, microseconds since 1970, actor, action, subject, detail, address, previous hash.
func (e Entry) seal() string {
	var b strings.Builder
	for _, field := range []string{
		"parkmap-audit-1", strconv.FormatInt(e.Number, 10), strconv.FormatInt(e.At.UnixMicro(), 10),
		e.Actor, e.Action, e.Subject, e.Detail, e.Address, e.Previous,
	} {
		fmt.Fprintf(&b, "%d:%s,", len(field), field)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}

// Chain is the state of a log.
type Chain struct {
	Entries int64  // number of the newest entry
	Head    string // its hash; who notes it down can tell later whether the end of the log was cut off
	Broken  int64  // number of the first entry that is not as it was written; 0 is none
	Why     string // what is wrong with it
	Known   bool   // the head that was asked for is in the log, and all before it as it was
}

// verifyPage is how many entries are read at once.
const verifyPage = 1000

// VerifyLog reads the whole log from its end and checks each entry. known is the head of an earlier check, or "".
func VerifyLog(ctx context.Context, r Reader, known string) (Chain, error) {
	var chain Chain
	var newer *Entry
	for {
		before := int64(0)
		if newer != nil {
			before = newer.Number
		}
		page, err := r.Entries(ctx, before, verifyPage)
		if err != nil {
			return chain, err
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			chain.add(newer, e, known)
			newer = &e
		}
	}
	if newer != nil && (newer.Number != 1 || newer.Previous != "") {
		chain.Broken, chain.Why = 1, "it is not there"
	}
	chain.Known = chain.Known && chain.Broken == 0
	return chain, nil
}

// add checks an entry and how newer, the one after it, rests on it.
func (c *Chain) add(newer *Entry, e Entry, known string) {
	switch {
	case newer == nil:
		c.Entries, c.Head = e.Number, e.Hash
	case newer.Number != e.Number+1:
		c.Broken, c.Why = e.Number+1, "it is not there"
	case newer.Previous != e.Hash:
		c.Broken, c.Why = newer.Number, "it does not follow the entry before it"
	}
	if e.Hash != e.seal() {
		c.Broken, c.Why = e.Number, "it was changed after it was written"
	}
	c.Known = c.Known || known != "" && e.Hash == known
}
