package auth

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parkmap/internal/layout"
)

// Limits of what an account holds.
const (
	MaxName      = 64   // bytes of a name
	MaxLabel     = 100  // characters of a display name, the name of a token, a note
	MaxDistricts = 100  // districts of a planner
	MinPassword  = 10   // characters
	MaxPassword  = 1024 // bytes
)

// Account is somebody who can sign in. Accounts are never deleted, because the history names them.
type Account struct {
	Name        string // permanent; see namePattern
	DisplayName string
	Role        Role
	Districts   []layout.ID // of a planner: where they may draft; AllDistricts is everywhere
	Password    string      // encoded hash; "" has no password
	Issuer      string      // identity provider, and the account's name there; "" are none
	Subject     string
	CreatedAt   time.Time // UTC, whole microseconds, like all times here
	ChangedAt   time.Time
	SeenAt      time.Time // to the minute; zero is never
	DisabledAt  time.Time // zero is enabled
}

// Disabled tells whether the account cannot be used at present.
func (a Account) Disabled() bool { return !a.DisabledAt.IsZero() }

// admin tells whether the account can do all that an admin can.
func (a Account) admin() bool { return a.Role == Admin && !a.Disabled() }

func (a Account) principal() Principal {
	return Principal{Name: a.Name, DisplayName: a.DisplayName, Role: a.Role, Districts: a.Districts}
}

// namePattern is what names look like: lower case, so that no two differ by case alone, and ASCII, so that
// none looks like another.
var namePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._@+-]*$`)

// CleanName is a name as it was meant: without white space around it, in lower case.
func CleanName(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// problems collects what is wrong with an input.
type problems []layout.Violation

func (p *problems) add(path, detail string) {
	*p = append(*p, layout.Violation{Rule: "account", Path: path, Detail: detail})
}

// err is nil when nothing was wrong, else invalid.
func (p problems) err(concerns string) error {
	if len(p) == 0 {
		return nil
	}
	return layout.Invalid(concerns, p...)
}

func (p *problems) name(path, name string) {
	if len(name) > MaxName || !namePattern.MatchString(name) {
		p.add(path, fmt.Sprintf("a name has 1 to %d characters: a-z, 0-9 and . _ @ + -, the first a letter or digit", MaxName))
	}
}

// label checks a text for people: a line of characters that can be seen, in any script.
func (p *problems) label(path, text string, needed bool) {
	switch {
	case needed && strings.TrimSpace(text) == "":
		p.add(path, "is empty")
	case !utf8.ValidString(text) || strings.ContainsFunc(text, hidden):
		p.add(path, "holds characters that cannot be seen, or is no UTF-8")
	case utf8.RuneCountInString(text) > MaxLabel:
		p.add(path, fmt.Sprintf("has more than %d characters", MaxLabel))
	}
}

// hidden tells whether a character would change how the text around it looks, without being seen: controls,
// separators of lines, and the marks that turn the direction of writing (Unicode Bidi_Control).
func hidden(r rune) bool {
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r == '\ufeff'
}

func (p *problems) role(role Role, districts []layout.ID) {
	if !slices.Contains(Roles(), role) {
		p.add("/role", "must be viewer, planner, reviewer or admin")
	}
	switch {
	case role == Planner && len(districts) == 0:
		p.add("/districts", "a planner needs districts, or "+string(AllDistricts)+" for all")
	case role != Planner && len(districts) > 0:
		p.add("/districts", "only planners have districts")
	case len(districts) > MaxDistricts:
		p.add("/districts", fmt.Sprintf("lists more than %d", MaxDistricts))
	}
	for i, d := range districts {
		if d != AllDistricts && (len(d) > MaxName || !districtPattern.MatchString(string(d))) {
			p.add(fmt.Sprintf("/districts/%d", i), "is no id of a district")
		}
	}
}

// districtPattern is what ids of features look like.
var districtPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// password checks a new password of the account of a name. Length is what counts (NIST SP 800-63B, 3.1.1).
func (p *problems) password(path, password, name string) {
	switch {
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		p.add(path, "is no UTF-8 text")
	case utf8.RuneCountInString(password) < MinPassword:
		p.add(path, fmt.Sprintf("must have at least %d characters", MinPassword))
	case len(password) > MaxPassword:
		p.add(path, fmt.Sprintf("is longer than %d bytes", MaxPassword))
	case name != "" && strings.Contains(strings.ToLower(password), name) && len(password) < len(name)+MinPassword:
		p.add(path, "says little more than the name")
	}
}

// check returns what is wrong with an account apart from its password.
func (a Account) check() problems {
	var p problems
	p.name("/name", a.Name)
	p.label("/display_name", a.DisplayName, true)
	p.role(a.Role, a.Districts)
	return p
}
