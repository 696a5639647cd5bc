package spectest

import (
	"fmt"
	"strings"
)

// change is one thing that Clio's document leaves out or has wrong.
type change struct {
	// at are paths into the document, separated by white space: keys joined by colons, for paths have slashes.
	at string
	// as is the JSON that goes there; "nullable" marks a schema as one that may be null.
	as string
	// why is the reason and its source.
	why string
}

const (
	nullable = "nullable"
	anyError = `{"description":"Refused","content":{"application/json; charset=utf-8":{"schema":{"$ref":"#/components/schemas/Error"}}}}`
	anyMeta  = `{"type":"object","required":["paging","records"],"properties":{"records":{"type":"integer"},"paging":{"type":"object",` +
		`"properties":{"next":{"type":"string","format":"uri"},"previous":{"type":"string","format":"uri"}}}}}`
	anyText    = `{"type":"string"}`
	anAddress  = `{"$ref":"#/components/schemas/Address_base"}`
	aContact   = `{"$ref":"#/components/schemas/Contact_base"}`
	anAccount  = `{"$ref":"#/components/schemas/Account_base"}`
	manyOfThem = `{"type":"array","items":{"$ref":"#/components/schemas/Address_base"}}`
)

// changes are applied in this order. The paragraphs are those of CLIO_API.md, whose labels tell who saw it.
var changes = []change{
	{"servers", `[{"url":"/api/v4"}]`, "the sandbox and Clio's regions are all the same to the document"},

	{props("Matter_base", "display_number custom_number description location client_reference client_id"), nullable,
		"texts and links that a matter needn't have; the document marks nothing as nullable (§5)"},
	{props("Matter_base", "open_date pending_date close_date last_activity_date matter_stage_updated_at"), nullable,
		"a matter has a date only once the thing has happened (§5)"},
	{nested("Matter", "client"), nullable, "a client that the user may not see (§11)"},
	{nested("Matter", "responsible_attorney originating_attorney responsible_staff practice_area"), nullable,
		"a matter may have none of these (§5)"},
	{props("Contact_base", "name first_name middle_name last_name date_of_birth prefix title initials"), nullable,
		"a company has no personal names and no birth date, a person may lack any (§5)"},
	{props("Contact_base", "primary_email_address secondary_email_address primary_phone_number secondary_phone_number"), nullable,
		"a contact may have none of these (§5)"},
	{props("Contact_base", "clio_connect_email client_connect_user_id ledes_client_id sales_tax_number"), nullable,
		"a contact has these only when the firm uses the feature (§5)"},
	{nested("Contact", "primary_address secondary_address primary_work_address company"), nullable, "a contact may have none of these (§5)"},
	{props("Address_base", "name street city province postal_code country"), nullable, "an address is free text, and any part may be missing (§5)"},
	{props("User_base", "name first_name last_name email initials phone_number"), nullable, "a user may lack these (§5)"},
	{props("PracticeArea_base", "code category"), nullable, "a practice area of the firm's own making may lack these (§5)"},

	{props("Contact_base", "primary_address secondary_address primary_work_address"), anAddress,
		"inside the braces of another record a nested one may be named bare; its default fields come back (§3)"},
	{props("Contact_base", "primary_address secondary_address primary_work_address"), nullable, "as on the contact itself"},
	{props("Contact_base", "addresses"), manyOfThem, "as above"},
	{props("Contact_base", "company"), aContact, "as above"},
	{props("Contact_base", "company"), nullable, "as on the contact itself"},
	{props("User_base", "account"), anAccount, "as above"},

	{lists("properties:meta"), anyMeta, "every list tells of its pages and counts its records; the document leaves meta out (§1)"},
	{parameters("/matters.json", "status"), anyText, "several statuses go together with commas, and the document has one word alone (§4)"},
	{parameters("/matters.json", "open_date[] pending_date[] close_date[]"), anyText, "the document lists the operators as if they were the values (§4)"},
	{operations("parameters:offset"), `{"name":"offset","in":"query","schema":{"type":"integer","minimum":0}}`,
		"in Clio's documentation of paging alone (§6)"},
	{operations("responses:422"), anyError, "an offset that is too large, a value that can't be read (§9)"},
}

// props are paths to properties of a schema that has them itself.
func props(schema, names string) string {
	return joined("components:schemas:"+schema+":properties:", names)
}

// nested are paths to the records within a record, which the document keeps in the second part of the schema.
func nested(schema, names string) string {
	return joined("components:schemas:"+schema+":allOf:1:properties:", names)
}

// lists are paths within the schemas of the lists.
func lists(rest string) string {
	return "components:schemas:Matter_List:" + rest + " components:schemas:Contact_List:" + rest + " components:schemas:PracticeArea_List:" + rest
}

// operations are paths within the operations that list.
func operations(rest string) string {
	return "paths:/matters.json:get:" + rest + " paths:/contacts.json:get:" + rest + " paths:/practice_areas.json:get:" + rest
}

// parameters are paths to the schemas of parameters.
func parameters(path, names string) string {
	var paths []string
	for name := range strings.FieldsSeq(names) {
		paths = append(paths, "paths:"+path+":get:parameters:"+name+":schema")
	}
	return strings.Join(paths, " ")
}

func joined(prefix, names string) string {
	var paths []string
	for name := range strings.FieldsSeq(names) {
		paths = append(paths, prefix+name)
	}
	return strings.Join(paths, " ")
}

// patch applies the changes to the document. A path whose parent isn't there is an error: the document has changed.
func patch(document map[string]any) error {
	for _, c := range changes {
		for path := range strings.FieldsSeq(c.at) {
			if err := apply(document, strings.Split(path, ":"), c.as); err != nil {
				return fmt.Errorf("patching %s (%s): %w", path, c.why, err)
			}
		}
	}
	return nil
}
