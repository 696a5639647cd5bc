package account

// HashToken is what is stored of a token.
var HashToken = hashToken
