package watch

// WatchStatus reports whether a watch is kept current.
type WatchStatus string

// The statuses. Archived watches are frozen: no edit, no sync (docs/rules.md#archived-watches).
const (
	Active         WatchStatus = "ACTIVE"
	StatusArchived WatchStatus = "ARCHIVED"
)

// PriorityLevel is how urgent a firm finds a watch.
type PriorityLevel string

// The priority levels; Normal is the default.
const (
	Low    PriorityLevel = "LOW"
	Normal PriorityLevel = "NORMAL"
	High   PriorityLevel = "HIGH"
	Urgent PriorityLevel = "URGENT"
)

// CaseType is the kind of case, from the matter's practice area.
type CaseType string

// The case types.
const (
	Probate             CaseType = "PROBATE"
	TrustAdministration CaseType = "TRUST_ADMINISTRATION"
	EstatePlanning      CaseType = "ESTATE_PLANNING"
	Guardianship        CaseType = "GUARDIANSHIP"
	ElderLaw            CaseType = "ELDER_LAW"
	FamilyLaw           CaseType = "FAMILY_LAW"
	PersonalInjury      CaseType = "PERSONAL_INJURY"
	MedicalMalpractice  CaseType = "MEDICAL_MALPRACTICE"
	WorkersCompensation CaseType = "WORKERS_COMPENSATION"
	SocialSecurity      CaseType = "SOCIAL_SECURITY"
	DebtCollection      CaseType = "DEBT_COLLECTION"
	Bankruptcy          CaseType = "BANKRUPTCY"
	RealEstate          CaseType = "REAL_ESTATE"
	CivilLitigation     CaseType = "CIVIL_LITIGATION"
	Criminal            CaseType = "CRIMINAL"
	Employment          CaseType = "EMPLOYMENT"
	Immigration         CaseType = "IMMIGRATION"
	Business            CaseType = "BUSINESS"
	Insurance           CaseType = "INSURANCE"
	Tax                 CaseType = "TAX"
	Other               CaseType = "OTHER"
)

// MatterStatus is a matter's status in Clio.
type MatterStatus string

// The statuses of a matter. A closed matter leaves the watch active (docs/rules.md#outcomes).
const (
	MatterOpen    MatterStatus = "OPEN"
	MatterPending MatterStatus = "PENDING"
	MatterClosed  MatterStatus = "CLOSED"
)

// ClioLinkState is the state of a link.
type ClioLinkState string

// The states of a link.
const (
	// Linked is the ordinary one.
	Linked ClioLinkState = "LINKED"
	// Missing: Clio no longer returns the matter, deleted or hidden from the connected user.
	Missing ClioLinkState = "MISSING"
	// ClientChanged: the matter has another client; the personal fields are held until somebody decides.
	ClientChanged ClioLinkState = "CLIENT_CHANGED"
)

// SyncedField is the name of a field that a sync refreshes.
type SyncedField string

// The synced fields.
const (
	FirstName      SyncedField = "FIRST_NAME"
	LastName       SyncedField = "LAST_NAME"
	DateOfBirth    SyncedField = "DATE_OF_BIRTH"
	City           SyncedField = "CITY"
	State          SyncedField = "STATE"
	CaseNumber     SyncedField = "CASE_NUMBER"
	AssignedTo     SyncedField = "ASSIGNED_TO"
	CaseTypeField  SyncedField = "CASE_TYPE"
	DateOfInterest SyncedField = "DATE_OF_INTEREST"
)

// FieldOrigin says whose value a field holds.
type FieldOrigin string

// The origins.
const (
	OriginClio  FieldOrigin = "CLIO"  // Clio's last seen value
	OriginLocal FieldOrigin = "LOCAL" // another value
	OriginNone  FieldOrigin = "NONE"  // nothing
)

// WatchOrderField is what a list of watches is ordered by.
type WatchOrderField string

// The orders.
const (
	ByLastName     WatchOrderField = "LAST_NAME" // then first name and id, ignoring case and accents
	ByCreatedAt    WatchOrderField = "CREATED_AT"
	ByUpdatedAt    WatchOrderField = "UPDATED_AT"
	ByLastSyncedAt WatchOrderField = "LAST_SYNCED_AT" // never comes first
)

// OrderDirection is the direction of an order.
type OrderDirection string

// The directions.
const (
	Ascending  OrderDirection = "ASC"
	Descending OrderDirection = "DESC"
)
