package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
)

// userCmd groups what can be done to accounts.
type userCmd struct {
	Add      userAddCmd      `cmd:"" help:"Make an account. The first one has to be an admin."`
	List     userListCmd     `cmd:"" help:"List accounts."`
	Role     userRoleCmd     `cmd:"" help:"Give an account another role, or a planner other districts."`
	Password userPasswordCmd `cmd:"" help:"Give an account a new password."`
	Disable  userDisableCmd  `cmd:"" help:"Close an account and sign it out everywhere."`
	Enable   userEnableCmd   `cmd:"" help:"Open an account again."`
	Invite   userInviteCmd   `cmd:"" help:"Make a link with which somebody makes an account of their own, once."`
}

// rightsFlags say what an account may do.
type rightsFlags struct {
	District []string `help:"District in which a planner may draft, by id such as 510104; '*' is all. May be repeated." placeholder:"ID"`
}

func (f rightsFlags) districts() []layout.ID {
	ids := make([]layout.ID, len(f.District))
	for i, d := range f.District {
		ids[i] = layout.ID(d)
	}
	return ids
}

// passwordFlags say where a password comes from.
type passwordFlags struct {
	PasswordStdin bool `help:"Read the password from the standard input instead of asking for it."`
}

// withAccounts runs do on the accounts of a store.
func (f storeFlags) withAccounts(ctx context.Context, do func(*auth.Service) error) error {
	st, err := openStore(ctx, f, false, maintenanceConnect)
	if err != nil {
		return err
	}
	return errors.Join(plainly(do(auth.New(st.Accounts(), auth.NewArgon2id(), time.Now))), st.Close())
}

// plainly says what is wrong with an input in sentences for a terminal; other errors stay as they are.
func plainly(err error) error {
	var e *layout.Error
	if !errors.As(err, &e) || e.Err != nil {
		return err
	}
	var sentences []string
	if e.Detail != "" {
		sentences = append(sentences, e.Concerns+": "+e.Detail)
	}
	for _, v := range e.Violations {
		sentences = append(sentences, strings.ReplaceAll(strings.TrimPrefix(v.Path, "/"), "_", " ")+": "+v.Detail)
	}
	return errors.New(strings.Join(sentences, "; "))
}

type userAddCmd struct {
	storeFlags
	rightsFlags
	passwordFlags
	Name        string `arg:"" help:"Name to sign in with: a-z, 0-9 and . _ @ + -"`
	Role        string `help:"viewer, planner, reviewer or admin." enum:"viewer,planner,reviewer,admin" required:""`
	DisplayName string `help:"Name as people write it." placeholder:"NAME"`
	NoPassword  bool   `help:"For an account that signs in through the identity provider only."`
}

// Run makes the account.
func (c *userAddCmd) Run(ctx context.Context, s streams) error {
	return c.withAccounts(ctx, func(accounts *auth.Service) error {
		password := ""
		if !c.NoPassword {
			var err error
			if password, err = c.read(ctx, s, c.Name); err != nil {
				return err
			}
		}
		a, err := accounts.Add(ctx, auth.CommandLine(), auth.Account{Name: c.Name, DisplayName: c.DisplayName, Role: auth.Role(c.Role), Districts: c.districts()}, password)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%s can sign in as %s\n", a.Name, a.Role)
		return err
	})
}

type userListCmd struct{ storeFlags }

// listPage is how many accounts are listed at once.
const listPage = 500

// Run lists the accounts.
func (c *userListCmd) Run(ctx context.Context, s streams) error {
	return c.withAccounts(ctx, func(accounts *auth.Service) error {
		w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "NAME\tROLE\tDISTRICTS\tLAST SEEN\tSTATE\tDISPLAY NAME")
		for after, more := "", true; more; {
			list, err := accounts.List(ctx, after, listPage)
			if err != nil {
				return err
			}
			for _, a := range list {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", a.Name, a.Role, districtsOf(a), seen(a), accountState(a), a.DisplayName)
				after = a.Name
			}
			more = len(list) == listPage
		}
		return w.Flush()
	})
}

func districtsOf(a auth.Account) string {
	texts := make([]string, len(a.Districts))
	for i, d := range a.Districts {
		texts[i] = string(d)
	}
	return strings.Join(texts, ",")
}

func seen(a auth.Account) string {
	if a.SeenAt.IsZero() {
		return "never"
	}
	return a.SeenAt.Format("2006-01-02 15:04")
}

func accountState(a auth.Account) string {
	switch {
	case a.Disabled():
		return "disabled"
	case a.Password == "" && a.Subject == "":
		return "not signed in yet"
	}
	return "enabled"
}

// change changes an account and says what it is now.
func (f storeFlags) change(ctx context.Context, s streams, name string, p auth.Patch) error {
	return f.withAccounts(ctx, func(accounts *auth.Service) error {
		a, err := accounts.Change(ctx, auth.CommandLine(), name, p)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%s: %s, %s\n", a.Name, a.Role, accountState(a))
		return err
	})
}

type userRoleCmd struct {
	storeFlags
	rightsFlags
	Name string `arg:"" help:"Name of the account."`
	Role string `arg:"" help:"viewer, planner, reviewer or admin." enum:"viewer,planner,reviewer,admin"`
}

// Run changes the role.
func (c *userRoleCmd) Run(ctx context.Context, s streams) error {
	role, districts := auth.Role(c.Role), c.districts()
	return c.change(ctx, s, c.Name, auth.Patch{Role: &role, Districts: &districts})
}

type userDisableCmd struct {
	storeFlags
	Name string `arg:"" help:"Name of the account."`
}

// Run closes the account.
func (c *userDisableCmd) Run(ctx context.Context, s streams) error {
	yes := true
	return c.change(ctx, s, c.Name, auth.Patch{Disabled: &yes})
}

type userEnableCmd struct {
	storeFlags
	Name string `arg:"" help:"Name of the account."`
}

// Run opens the account.
func (c *userEnableCmd) Run(ctx context.Context, s streams) error {
	no := false
	return c.change(ctx, s, c.Name, auth.Patch{Disabled: &no})
}

type userPasswordCmd struct {
	storeFlags
	passwordFlags
	Name string `arg:"" help:"Name of the account."`
}

// Run sets the password.
func (c *userPasswordCmd) Run(ctx context.Context, s streams) error {
	return c.withAccounts(ctx, func(accounts *auth.Service) error {
		password, err := c.read(ctx, s, c.Name)
		if err != nil {
			return err
		}
		if err := accounts.SetPassword(ctx, auth.CommandLine(), c.Name, password); err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%s has a new password and is signed out everywhere\n", auth.CleanName(c.Name))
		return err
	})
}

type userInviteCmd struct {
	storeFlags
	rightsFlags
	Role    string `help:"viewer, planner, reviewer or admin." enum:"viewer,planner,reviewer,admin" required:""`
	Note    string `help:"Who it is for."`
	Days    int    `help:"For how many days it holds." default:"7"`
	BaseURL string `help:"Public address of the server." default:"http://127.0.0.1:8080" placeholder:"URL" env:"PARKMAP_BASE_URL"`
}

// Run makes the invitation and prints its link.
func (c *userInviteCmd) Run(ctx context.Context, s streams) error {
	return c.withAccounts(ctx, func(accounts *auth.Service) error {
		secret, i, err := accounts.Invite(ctx, auth.CommandLine(),
			auth.Invitation{Role: auth.Role(c.Role), Districts: c.districts(), Note: c.Note}, time.Duration(c.Days)*24*time.Hour)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%s\nWhoever opens this link first becomes %s; it holds until %s.\n",
			auth.InvitationLink(strings.TrimRight(c.BaseURL, "/"), secret), i.Role, i.ExpiresAt.Format("2006-01-02 15:04 MST"))
		return err
	})
}
