package graph

import (
	"watchkeeper/graph/exec"
	"watchkeeper/internal/account"
)

// costsOfPeople sets the cost of what is about people: passwords that are hashed, and lists by their longest.
func costsOfPeople(c *exec.ComplexityRoot) {
	c.Mutation.SignUp = func(child int, _ account.SignUpInput) int { return passwordCost + child }
	c.Mutation.SignIn = func(child int, _ account.SignInInput) int { return passwordCost + child }
	c.Mutation.ChangePassword = func(child int, _ account.ChangePasswordInput) int { return 2*passwordCost + child }
	c.Mutation.AcceptInvitation = func(child int, _ account.AcceptInvitationInput) int { return passwordCost + child }
	c.Mutation.ResetPassword = func(child int, _ account.ResetPasswordInput) int { return passwordCost + child }
	c.Firm.Members = func(child int) int { return 1 + child*account.MaxMembers }
	c.Firm.Invitations = func(child int) int { return 1 + child*account.MaxInvitations }
	c.Query.AuditEvents = func(child int, first *int, _ *string, last *int, _ *string) int { return 1 + child*sizeOf(first, last) }
	c.Viewer.APITokens = func(child int) int { return 1 + child*account.MaxAPITokens }
	c.Viewer.Sessions = func(child int) int { return 1 + child*account.MaxSessions }
}
