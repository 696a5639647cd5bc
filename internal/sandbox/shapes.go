package sandbox

import "strings"

// kind is the kind of a record, named as in Clio's OpenAPI specification.
type kind string

const (
	kindMatter       kind = "Matter"
	kindContact      kind = "Contact"
	kindUser         kind = "User"
	kindPracticeArea kind = "PracticeArea"
	kindAddress      kind = "Address"
	kindAccount      kind = "Account"
)

// shape lists the fields of a kind: plain attributes, and nested records with their kind.
type shape struct {
	plain  []string
	nested map[string]kind
}

// shapes are the allowed values of the fields parameter, from the schemas of Clio's OpenAPI specification. The package comment says
// what is left out.
var shapes = map[kind]shape{
	kindMatter: {
		plain: strings.Fields(`id etag number display_number custom_number description status location client_reference
			client_id billable maildrop_address billing_method open_date close_date pending_date created_at updated_at
			shared has_tasks last_activity_date matter_stage_updated_at require_utbms_codes`),
		nested: map[string]kind{
			"client":               kindContact,
			"responsible_attorney": kindUser,
			"originating_attorney": kindUser,
			"responsible_staff":    kindUser,
			"user":                 kindUser,
			"practice_area":        kindPracticeArea,
		},
	},
	kindContact: {
		plain: strings.Fields(`id etag name first_name middle_name last_name date_of_birth type created_at updated_at
			prefix title initials clio_connect_email locked_clio_connect_email client_connect_user_id
			primary_email_address secondary_email_address primary_phone_number secondary_phone_number ledes_client_id
			has_clio_for_clients_permission is_client is_clio_for_client_user is_co_counsel is_bill_recipient
			sales_tax_number require_utbms_codes`),
		nested: map[string]kind{
			"primary_address":      kindAddress,
			"secondary_address":    kindAddress,
			"primary_work_address": kindAddress,
			"addresses":            kindAddress,
			"company":              kindContact,
		},
	},
	kindUser: {
		plain: strings.Fields(`id etag name first_name last_name email initials enabled phone_number rate roles
			subscription_type time_zone account_owner clio_connect court_rules_default_attendee default_calendar_id
			created_at updated_at`),
		nested: map[string]kind{"account": kindAccount},
	},
	kindPracticeArea: {plain: strings.Fields(`id etag code name category created_at updated_at`)},
	kindAddress: {plain: strings.Fields(`id etag street city province postal_code country name primary created_at
		updated_at`)},
	kindAccount: {plain: strings.Fields(`id etag name state created_at updated_at`)},
}
