package auth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/netip"
	"time"

	"parkmap/internal/layout"
)

// Limits of sign-in: so many failures within the window, then none is tried until it is over. Servers of one store
// share them.
const (
	SignInWindow    = 15 * time.Minute
	AccountFailures = 10
	AddressFailures = 50
)

// Credentials are what somebody signs in with.
type Credentials struct {
	Name     string
	Password string
	Address  string // of the client
}

// SignIn starts a session. Unauthenticated when name or password are wrong, the account is disabled or has no
// password: all of these look alike and take as long as a wrong password. Limited after too many failures.
func (s *Service) SignIn(ctx context.Context, c Credentials) (secret string, p Principal, err error) {
	name := CleanName(c.Name)
	a, err := s.checked(ctx, name, c)
	if err != nil {
		return "", Principal{}, err
	}
	return s.start(ctx, a, "password", c.Address)
}

// checked returns the account that name and password fit, and counts what does not fit.
func (s *Service) checked(ctx context.Context, name string, c Credentials) (Account, error) {
	if err := s.admit(ctx, name, c.Address); err != nil {
		return Account{}, err
	}
	a, err := s.store.Account(ctx, name)
	if err != nil && layout.KindOf(err) != layout.KindNotFound {
		return Account{}, err
	}
	hash, password := a.Password, c.Password
	if a.Disabled() || len(password) > MaxPassword {
		hash = ""
	}
	ok, err := s.passwords.Matches(ctx, password[:min(len(password), MaxPassword)], hash)
	if err != nil {
		return Account{}, err
	}
	if !ok {
		return Account{}, Unauthenticated("name or password is wrong")
	}
	return a, s.uncount(ctx, name, c.Address)
}

// admit counts a try, unless there were too many. It is counted before the password is looked at, so that many tries at
// once are not more tries.
func (s *Service) admit(ctx context.Context, name, address string) error {
	limits := []limit{{accountKey(name), AccountFailures, loggable(name)}, {addressKey(address), AddressFailures, "address"}}
	for _, l := range limits {
		tried, err := s.store.Attempts(ctx, l.key, s.now().Add(-SignInWindow))
		if err != nil {
			return err
		}
		if tried.Count >= l.most {
			return s.limited(tried)
		}
	}
	for _, l := range limits {
		if err := s.count(ctx, l, address); err != nil {
			return err
		}
	}
	return nil
}

// limit is a limit of tries, and what the log calls it.
type limit struct {
	key     string
	most    int
	subject string
}

// count counts a try; the one that reaches the limit is logged, those beyond it are limited.
func (s *Service) count(ctx context.Context, l limit, address string) error {
	now := s.now()
	tried, err := s.store.CountAttempt(ctx, l.key, now, now.Add(-SignInWindow))
	switch {
	case err != nil:
		return err
	case tried.Count > l.most:
		return s.limited(tried)
	case tried.Count == l.most:
		return s.store.Change(ctx, func(w Writer) error {
			return w.Append(ctx, s.event(Actor{Address: address}, "sign-in-limit", l.subject, ""))
		})
	}
	return nil
}

// uncount takes a try that succeeded back, and those before it at the account.
func (s *Service) uncount(ctx context.Context, name, address string) error {
	return errors.Join(
		s.store.UncountAttempts(ctx, accountKey(name), AccountFailures),
		s.store.UncountAttempts(ctx, addressKey(address), 1))
}

func (s *Service) limited(tried Attempts) error {
	wait := max(tried.Since.Add(SignInWindow).Sub(s.now()), time.Second)
	return &layout.Error{Kind: layout.KindLimited, Concerns: "sign-in", RetryAfter: wait,
		Detail: "there were too many failures for this account or from this address; try again later"}
}

// accountKey names the attempts at an account. Names come from outside and may be anything, so a hash of them.
func accountKey(name string) string {
	sum := sha256.Sum256([]byte(name))
	return "account " + hex.EncodeToString(sum[:16])
}

// addressKey names the attempts from an address; those of an IPv6 network of 64 bits, which one client has, are
// one.
func addressKey(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return "address unknown"
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		network, _ := ip.Prefix(64) // 64 is a length of IPv6
		return "address " + network.String()
	}
	return "address " + ip.String()
}

// loggable is a name as the log takes it: one that no account can have is not repeated.
func loggable(name string) string {
	var found problems
	if found.name("", name); len(found) > 0 {
		return "(no name)"
	}
	return name
}
