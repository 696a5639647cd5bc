package account

// HashToken exports hashToken.
var HashToken = hashToken
