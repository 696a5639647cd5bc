package sandbox

// Fault names one way to fail.
type Fault string

// The faults. AllFaults describes each.
const (
	TokenExpired            Fault = "token_expired"
	TokenGarbled            Fault = "token_garbled"
	InvalidFields           Fault = "invalid_fields"
	Forbidden               Fault = "forbidden"
	NotFound                Fault = "not_found"
	Gone                    Fault = "gone"
	RateLimited             Fault = "rate_limited"
	RateLimitedNoRetryAfter Fault = "rate_limited_no_retry_after"
	RateLimitedBare         Fault = "rate_limited_bare"
	RateLimitedWrapped      Fault = "rate_limited_wrapped"
	ServerError             Fault = "server_error"
	BadGateway              Fault = "bad_gateway"
	Unavailable             Fault = "unavailable"
	UnavailableEmpty        Fault = "unavailable_empty"
	Hang                    Fault = "hang"
	ConnectionReset         Fault = "connection_reset"
	Slow                    Fault = "slow"
	TruncatedJSON           Fault = "truncated_json"
	WrongShape              Fault = "wrong_shape"
	OffHostNext             Fault = "off_host_next"
	LimitRefused            Fault = "limit_refused"
	IDsDropped              Fault = "ids_dropped"
	ClientNull              Fault = "client_null"
	ClientIDOnly            Fault = "client_id_only"
	AttorneyNameless        Fault = "attorney_nameless"
	RefreshRefused          Fault = "refresh_refused"
	RefreshUnauthorized     Fault = "refresh_unauthorized"
	RefreshRotated          Fault = "refresh_rotated"
	TokenShortLived         Fault = "token_short_lived"
	TokenUnavailable        Fault = "token_unavailable"
)

// FaultInfo describes a fault.
type FaultInfo struct {
	Fault Fault `json:"fault"`
	// About describes the fault in one sentence.
	About string `json:"about"`
	// Path is the prefix of the affected paths, for a Switch without a path.
	Path string `json:"path"`
	// isResponse marks faults that are a whole response: at most one of them applies to a request.
	isResponse bool
}

const (
	matterPath  = apiPrefix + "matters"
	tokenPath   = "/oauth/token"
	refreshPath = tokenPath + "?grant_type=refresh_token"
)

// faultInfos describes the faults, in the order in which they are listed.
var faultInfos = []FaultInfo{
	{TokenExpired, "401 whose error is a text: the access token is expired, revoked or unknown.", apiPrefix, true},
	{TokenGarbled, "401 whose error is an object: the Authorization header is missing or malformed.", apiPrefix, true},
	{InvalidFields, "400: a requested field is not valid.", apiPrefix, true},
	{Forbidden, "403: the application or the user may not read this.", apiPrefix, true},
	{NotFound, "404: the record or path does not exist.", apiPrefix, true},
	{Gone, "410: the API version is no longer supported.", apiPrefix, true},
	{RateLimited, "429 with Retry-After: the number of seconds, or 60.", apiPrefix, true},
	{RateLimitedNoRetryAfter, "429 with X-RateLimit-Reset but without Retry-After.", apiPrefix, true},
	{RateLimitedBare, "429 without any header that says how long to wait.", apiPrefix, true},
	{RateLimitedWrapped, "429 with Retry-After and a base64-encoded body.", apiPrefix, true},
	{ServerError, "500 with an HTML page.", apiPrefix, true},
	{BadGateway, "502 with an HTML page.", apiPrefix, true},
	{Unavailable, "503 with an HTML page.", apiPrefix, true},
	{UnavailableEmpty, "503 with an empty body.", apiPrefix, true},
	{Hang, "No response until the caller disconnects.", apiPrefix, true},
	{ConnectionReset, "The connection is reset without a response. Go's client retries once on a kept-alive connection.", apiPrefix, true},
	{Slow, "The response is delayed by the number of seconds, or 5.", apiPrefix, false},
	{TruncatedJSON, "200 with valid headers and half of the content.", apiPrefix, false},
	{WrongShape, "200 with JSON of the wrong structure.", apiPrefix, false},
	{OffHostNext, "The address of the next page names another host.", apiPrefix, false},
	{LimitRefused, "A limit above 200 is refused with 422 instead of being reduced to 200.", apiPrefix, false},
	{IDsDropped, "A list by ids[] leaves out these ids, or all.", apiPrefix, false},
	{ClientNull, "These matters, or all, have the client null.", matterPath, false},
	{ClientIDOnly, "These matters, or all, have a client with only an id.", matterPath, false},
	{AttorneyNameless, "These matters, or all, have a responsible attorney without a name.", matterPath, false},
	{RefreshRefused, "A refresh is refused with 400 invalid_grant.", refreshPath, true},
	{RefreshUnauthorized, "A refresh is refused with 401 invalid_grant.", refreshPath, true},
	{RefreshRotated, "A refresh returns a new refresh token and revokes the old one.", refreshPath, false},
	{TokenShortLived, "The access token is valid for the number of seconds, or 60.", tokenPath, false},
	{TokenUnavailable, "The token endpoint answers 503 with an HTML page.", tokenPath, true},
}

// AllFaults describes every fault.
func AllFaults() []FaultInfo {
	return append([]FaultInfo(nil), faultInfos...)
}

// findFault returns the description of a fault; false when the fault is unknown.
func findFault(fault Fault) (FaultInfo, bool) {
	for _, info := range faultInfos {
		if info.Fault == fault {
			return info, true
		}
	}
	return FaultInfo{}, false
}
