package record

// Connection is what a sync needs to know of a firm's connection to Clio.
type Connection struct {
	// Usable says that Clio may be asked in the firm's name.
	Usable bool
	// NeedsReconnect says that Clio refuses the access that was granted: an administrator has to connect again.
	NeedsReconnect bool
	// Shown changes whenever something of the connection changes that the API shows.
	Shown string
}
