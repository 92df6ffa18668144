package auth

import (
	"slices"

	"parkmap/internal/layout"
)

// Role is what an account may do in general.
type Role string

// The roles. Visitor is whoever is not signed in; no account has it.
const (
	Visitor  Role = "visitor"
	Viewer   Role = "viewer"
	Planner  Role = "planner"
	Reviewer Role = "reviewer"
	Admin    Role = "admin"
)

// Roles lists the roles that an account can have, those with fewer rights first.
func Roles() []Role { return []Role{Viewer, Planner, Reviewer, Admin} }

// Action is what somebody may be allowed to do.
type Action string

// The actions.
const (
	Read        Action = "read"         // see what is public
	ReadPrivate Action = "read-private" // see collections that are for signed-in users
	ReadHistory Action = "read-history" // see drafts, and who changed what
	Draft       Action = "draft"        // make and change drafts
	Comment     Action = "comment"      // remark on drafts
	Review      Action = "review"       // approve drafts, or ask for changes
	Publish     Action = "publish"      // make a version of an approved draft
	Accounts    Action = "accounts"     // make and change accounts, invite, revoke tokens of others
	ReadAudit   Action = "read-audit"   // see who did what
	OwnTokens   Action = "own-tokens"   // make and revoke tokens of one's own
	OwnPassword Action = "own-password" // change one's own password
)

// Grant says under which condition a role may do something.
type Grant string

// The grants.
const (
	Never       Grant = "never"
	InDistricts Grant = "in-districts" // to what lies in the districts of the account only
	NotOwn      Grant = "not-own"      // to what others have made
	Always      Grant = "always"
)

// Scope bounds what an API token may be used for. A token never may more than its account.
type Scope string

// The scopes. SessionOnly is the scope of actions that no token can do.
const (
	ScopeRead   Scope = "read"
	ScopeEdit   Scope = "edit"
	ScopeReview Scope = "review"
	ScopeAdmin  Scope = "admin"

	SessionOnly Scope = ""
)

// Scopes lists the scopes that a token can have.
func Scopes() []Scope { return []Scope{ScopeRead, ScopeEdit, ScopeReview, ScopeAdmin} }

// Rule is a row of the matrix: who may do an action, and which scope a token needs for it.
type Rule struct {
	Action   Action       `json:"action"`
	Title    layout.Label `json:"title"`
	Scope    Scope        `json:"scope,omitempty"` // "" is SessionOnly
	Visitor  Grant        `json:"visitor"`
	Viewer   Grant        `json:"viewer"`
	Planner  Grant        `json:"planner"`
	Reviewer Grant        `json:"reviewer"`
	Admin    Grant        `json:"admin"`
}

// Matrix is who may do what: the one place where it is decided.
func Matrix() []Rule {
	return []Rule{
		{Read, layout.Label{ZH: "查看公开内容", EN: "See what is public"}, ScopeRead, Always, Always, Always, Always, Always},
		{ReadPrivate, layout.Label{ZH: "查看非公开图层", EN: "See collections for signed-in users"}, ScopeRead, Never, Always, Always, Always, Always},
		{ReadHistory, layout.Label{ZH: "查看草稿和修改记录", EN: "See drafts and who changed what"}, ScopeRead, Never, Always, Always, Always, Always},
		{Draft, layout.Label{ZH: "起草修改", EN: "Make and change drafts"}, ScopeEdit, Never, Never, InDistricts, Always, Always},
		{Comment, layout.Label{ZH: "对草稿提出意见", EN: "Comment on drafts"}, ScopeEdit, Never, Never, Always, Always, Always},
		{Review, layout.Label{ZH: "审核草稿", EN: "Approve drafts, ask for changes"}, ScopeReview, Never, Never, Never, NotOwn, NotOwn},
		{Publish, layout.Label{ZH: "发布草稿", EN: "Publish drafts"}, ScopeReview, Never, Never, Never, NotOwn, NotOwn},
		{Accounts, layout.Label{ZH: "管理账户", EN: "Manage accounts and invitations"}, ScopeAdmin, Never, Never, Never, Never, Always},
		{ReadAudit, layout.Label{ZH: "查看审计记录", EN: "See the audit log"}, ScopeAdmin, Never, Never, Never, Never, Always},
		{OwnTokens, layout.Label{ZH: "管理自己的访问令牌", EN: "Make and revoke own API tokens"}, SessionOnly, Never, Always, Always, Always, Always},
		{OwnPassword, layout.Label{ZH: "修改自己的密码", EN: "Change the own password"}, SessionOnly, Never, Always, Always, Always, Always},
	}
}

// grant returns what the rule gives a role.
func (r Rule) grant(role Role) Grant {
	switch role {
	case Visitor:
		return r.Visitor
	case Viewer:
		return r.Viewer
	case Planner:
		return r.Planner
	case Reviewer:
		return r.Reviewer
	case Admin:
		return r.Admin
	}
	return Never
}

// ruleOf returns the row of an action; one that is not in the matrix is nobody's.
func ruleOf(action Action) Rule {
	rules := Matrix()
	if i := slices.IndexFunc(rules, func(r Rule) bool { return r.Action == action }); i >= 0 {
		return rules[i]
	}
	return Rule{Action: action}
}
