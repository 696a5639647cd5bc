package audit

import (
	"fmt"
	"strings"
)

// Action is what was done, for programs. There may be more of them in future versions.
type Action = string

// What is recorded.
const (
	SignedUp             Action = "SIGN_UP"
	SignedIn             Action = "SIGN_IN"
	SignInRefused        Action = "SIGN_IN_REFUSED"
	SignedOut            Action = "SIGN_OUT"
	SessionRevoked       Action = "SESSION_REVOKED"
	PasswordChanged      Action = "PASSWORD_CHANGED"
	PasswordRefused      Action = "PASSWORD_CHANGE_REFUSED"
	PasswordResetCreated Action = "PASSWORD_RESET_CREATED"
	PasswordReset        Action = "PASSWORD_RESET"
	ProfileUpdated       Action = "PROFILE_UPDATED"
	FirmUpdated          Action = "FIRM_UPDATED"
	MemberInvited        Action = "MEMBER_INVITED"
	InvitationRevoked    Action = "INVITATION_REVOKED"
	InvitationAccepted   Action = "INVITATION_ACCEPTED"
	MemberRoleChanged    Action = "MEMBER_ROLE_CHANGED"
	MemberRemoved        Action = "MEMBER_REMOVED"
	APITokenCreated      Action = "API_TOKEN_CREATED"
	APITokenRevoked      Action = "API_TOKEN_REVOKED"
	ClioConnected        Action = "CLIO_CONNECTED"
	ClioDisconnected     Action = "CLIO_DISCONNECTED"
	ClioAccessLost       Action = "CLIO_ACCESS_LOST"
	SettingsUpdated      Action = "SETTINGS_UPDATED"
	MappingSet           Action = "MAPPING_SET"
	MattersImported      Action = "MATTERS_IMPORTED"
	WatchDeleted         Action = "WATCH_DELETED"
	RunUndone            Action = "RUN_UNDONE"
)

// New returns an event about a subject; subjectID may be empty. The summary is a sentence, made as by fmt.Sprintf, and without secrets. Who did
// it and when is filled in where it is stored.
func New(action Action, subjectID, summary string, values ...any) *AuditEvent {
	event := &AuditEvent{Action: action, Summary: fmt.Sprintf(summary, values...)}
	if subjectID != "" {
		event.SubjectID = &subjectID
	}
	return event
}

// DoneBy says who did it, where that isn't who acts in the context.
func (e *AuditEvent) DoneBy(userID string) *AuditEvent {
	e.ByID = &userID
	return e
}

// Change is a setting that has another value.
type Change struct {
	Name          string
	Before, After any
}

// Changes writes those that differ as text; empty when none does.
func Changes(changes ...Change) string {
	var texts []string
	for _, c := range changes {
		if c.Before != c.After {
			texts = append(texts, fmt.Sprintf("%s from %v to %v", c.Name, c.Before, c.After))
		}
	}
	return strings.Join(texts, ", ")
}
