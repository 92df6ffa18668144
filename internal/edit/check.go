package edit

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"parkmap/internal/auth"
	"parkmap/internal/check"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// Reason is why an issue may stand: the author's for a warning, the reviewer's for what a reviewer has to accept.
type Reason struct {
	Code    string
	Feature layout.ID
	With    layout.ID // as the issue has it
	Text    string
}

// Unfit is the error of a changeset whose issues do not let it go on.
type Unfit struct {
	Changeset string
	Issues    []check.Issue
	Detail    string
}

// Error says why.
func (u *Unfit) Error() string { return u.Unwrap().Error() }

// Unwrap returns the error of kind conflict.
func (u *Unfit) Unwrap() error {
	return &layout.Error{Kind: layout.KindConflict, Concerns: "changeset " + u.Changeset, Detail: u.Detail}
}

// Check returns the issues of a changeset as it is.
func (e *Editor) Check(ctx context.Context, actor auth.Principal, id string) ([]check.Issue, error) {
	c, err := e.Changeset(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	l, err := e.published(ctx, least(c, nil))
	if err != nil {
		return nil, err
	}
	return issues(l, c)
}

// issues checks what a changeset does to outlines, and to what the rules go by: districts, kind and quality.
func issues(l *layout.Layout, c store.Changeset) ([]check.Issue, error) {
	var changed []layout.Feature
	var removed []layout.ID
	for _, item := range c.Items {
		if item.Op == store.Delete {
			removed = append(removed, item.Feature.ID)
			continue
		}
		differs, err := shapeDiffers(find(l, keyOf(item.Feature)), item.Feature)
		if err != nil {
			return nil, err
		}
		if differs {
			changed = append(changed, item.Feature)
		}
	}
	return check.Check(l, changed, removed), nil
}

func shapeDiffers(before *layout.Feature, after layout.Feature) (bool, error) {
	b, err := membersOf(before)
	if err != nil {
		return false, err
	}
	a, err := layout.Members(after)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc([]string{layout.GeometryMember, "outline", "district", "kind"}, func(name string) bool {
		return !bytes.Equal(a[name], b[name])
	}), nil
}

// accept makes sure that no issue blocks, and that there is a reason for each that needs one. It returns the
// reasons as text.
func accept(c store.Changeset, list []check.Issue, reasons []Reason, needs func(check.Issue) bool) (string, error) {
	var lines []string
	open := &Unfit{Changeset: c.ID}
	for _, issue := range list {
		if !needs(issue) {
			continue
		}
		i := slices.IndexFunc(reasons, func(r Reason) bool {
			return r.Code == issue.Code && r.Feature == issue.Feature && r.With == issue.With
		})
		if i < 0 || utf8.RuneCountInString(strings.TrimSpace(reasons[i].Text)) < check.Rules().ReasonMinCharacters {
			open.Issues = append(open.Issues, issue)
			continue
		}
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s", issue.Code, issue.Feature, issue.With))+": "+strings.TrimSpace(reasons[i].Text))
	}
	if len(open.Issues) > 0 {
		open.Detail = fmt.Sprintf("%d issues need a reason of at least %d characters", len(open.Issues), check.Rules().ReasonMinCharacters)
		return "", open
	}
	return strings.Join(slices.Compact(lines), "\n"), nil
}

// blocked is an error where a changeset has issues with which it cannot be submitted.
func blocked(c store.Changeset, list []check.Issue) error {
	var grave []check.Issue
	for _, issue := range list {
		if issue.Level == check.Error {
			grave = append(grave, issue)
		}
	}
	if len(grave) == 0 {
		return nil
	}
	return &Unfit{c.ID, grave, fmt.Sprintf("%d issues have to be mended first", len(grave))}
}

// isWarning tells whether an issue needs the author's reason.
func isWarning(i check.Issue) bool { return i.Level == check.Warning }

// isLifted tells whether an issue needs the reviewer's.
func isLifted(i check.Issue) bool { return i.Lift != "" }

// checkReasons checks the texts of reasons.
func checkReasons(reasons []Reason) error {
	if len(reasons) > MaxItems {
		return invalid(layout.RuleLimit, "/reasons", fmt.Sprintf("there are more than %d", MaxItems))
	}
	for i, r := range reasons {
		if err := plain(fmt.Sprintf("/reasons/%d", i), r.Code+string(r.Feature)+string(r.With)+r.Text, MaxText); err != nil {
			return err
		}
	}
	return nil
}
