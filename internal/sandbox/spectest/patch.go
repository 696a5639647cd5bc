package spectest

import (
	"fmt"
	"strings"
)

// change corrects Clio's specification where it is incomplete or wrong.
type change struct {
	// paths are paths into the specification, separated by white space. Each is a list of keys joined by colons.
	paths string
	// value is the JSON to set; "nullable" marks a schema as one that may be null.
	value string
	// reason says why.
	reason string
}

const (
	nullable      = "nullable"
	errorResponse = `{"description":"Refused","content":{"application/json; charset=utf-8":{"schema":{"$ref":"#/components/schemas/Error"}}}}`
	metaSchema    = `{"type":"object","required":["paging","records"],"properties":{"records":{"type":"integer"},"paging":{"type":"object",` +
		`"properties":{"next":{"type":"string","format":"uri"},"previous":{"type":"string","format":"uri"}}}}}`
	stringSchema  = `{"type":"string"}`
	addressSchema = `{"$ref":"#/components/schemas/Address_base"}`
	contactSchema = `{"$ref":"#/components/schemas/Contact_base"}`
	accountSchema = `{"$ref":"#/components/schemas/Account_base"}`
	addressList   = `{"type":"array","items":{"$ref":"#/components/schemas/Address_base"}}`
)

// changes are applied in this order. The reasons come from Clio's documentation and from how Clio has been seen to respond.
var changes = []change{
	{"servers", `[{"url":"/api/v4"}]`, "the specification applies to the sandbox and to every region of Clio"},

	{propertyPaths("Matter_base", "display_number custom_number description location client_reference client_id"), nullable,
		"a matter may lack these texts and links; the specification marks nothing as nullable"},
	{propertyPaths("Matter_base", "open_date pending_date close_date last_activity_date matter_stage_updated_at"), nullable,
		"a matter has a date only once the event has happened"},
	{nestedPaths("Matter", "client"), nullable, "the user may not be allowed to see the client"},
	{nestedPaths("Matter", "responsible_attorney originating_attorney responsible_staff practice_area"), nullable,
		"a matter may have none of these"},
	{propertyPaths("Contact_base", "name first_name middle_name last_name date_of_birth prefix title initials"), nullable,
		"a company has no personal names and no birth date, and a person may lack any of these"},
	{propertyPaths("Contact_base", "primary_email_address secondary_email_address primary_phone_number secondary_phone_number"), nullable,
		"a contact may have none of these"},
	{propertyPaths("Contact_base", "clio_connect_email client_connect_user_id ledes_client_id sales_tax_number"), nullable,
		"a contact has these only if the firm uses the feature"},
	{nestedPaths("Contact", "primary_address secondary_address primary_work_address company"), nullable, "a contact may have none of these"},
	{propertyPaths("Address_base", "name street city province postal_code country"), nullable, "an address is free text, and any part may be missing"},
	{propertyPaths("User_base", "name first_name last_name email initials phone_number"), nullable, "a user may lack these"},
	{propertyPaths("PracticeArea_base", "code category"), nullable, "a practice area that the firm defined may lack these"},

	{propertyPaths("Contact_base", "primary_address secondary_address primary_work_address"), addressSchema,
		"a record nested in braces may be named without fields; it then has its default fields"},
	{propertyPaths("Contact_base", "primary_address secondary_address primary_work_address"), nullable, "as on the contact itself"},
	{propertyPaths("Contact_base", "addresses"), addressList, "as above"},
	{propertyPaths("Contact_base", "company"), contactSchema, "as above"},
	{propertyPaths("Contact_base", "company"), nullable, "as on the contact itself"},
	{propertyPaths("User_base", "account"), accountSchema, "as above"},

	{listPaths("properties:meta"), metaSchema, "every list has paging and a count; the specification leaves meta out"},
	{parameterPaths("/matters.json", "status"), stringSchema, "several statuses may be joined with commas; the specification allows only one"},
	{parameterPaths("/matters.json", "open_date[] pending_date[] close_date[]"), stringSchema, "the specification lists the operators as if they were the values"},
	{operationPaths("parameters:offset"), `{"name":"offset","in":"query","schema":{"type":"integer","minimum":0}}`,
		"only Clio's documentation of paging describes it"},
	{operationPaths("responses:422"), errorResponse, "an offset that is too large, or an invalid value"},
}

// propertyPaths returns the paths of a schema's own properties.
func propertyPaths(schema, names string) string {
	return prefixed("components:schemas:"+schema+":properties:", names)
}

// nestedPaths returns the paths of a schema's nested records, which are in the second part of its allOf.
func nestedPaths(schema, names string) string {
	return prefixed("components:schemas:"+schema+":allOf:1:properties:", names)
}

// listPaths returns a path in the schema of each list.
func listPaths(rest string) string {
	return "components:schemas:Matter_List:" + rest + " components:schemas:Contact_List:" + rest + " components:schemas:PracticeArea_List:" + rest
}

// operationPaths returns a path in the operation of each list.
func operationPaths(rest string) string {
	return "paths:/matters.json:get:" + rest + " paths:/contacts.json:get:" + rest + " paths:/practice_areas.json:get:" + rest
}

// parameterPaths returns the paths of the schemas of parameters.
func parameterPaths(path, names string) string {
	var paths []string
	for name := range strings.FieldsSeq(names) {
		paths = append(paths, "paths:"+path+":get:parameters:"+name+":schema")
	}
	return strings.Join(paths, " ")
}

func prefixed(prefix, names string) string {
	var paths []string
	for name := range strings.FieldsSeq(names) {
		paths = append(paths, prefix+name)
	}
	return strings.Join(paths, " ")
}

// patch applies the changes to the specification. It is an error if the parent of a path doesn't exist: the specification has
// changed.
func patch(specification map[string]any) error {
	for _, c := range changes {
		for path := range strings.FieldsSeq(c.paths) {
			if err := applyChange(specification, strings.Split(path, ":"), c.value); err != nil {
				return fmt.Errorf("patching %s (%s): %w", path, c.reason, err)
			}
		}
	}
	return nil
}
